/// A context's values, where one value may stand without its list.
struct OneOrMoreTexts: Decodable, Sendable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        values = try (try? [String](from: decoder)) ?? [String(from: decoder)]
    }
}
