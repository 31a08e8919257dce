import Foundation

/// Test data beside these sources.
enum Vectors {
    static func read<Cases: Decodable>(_ name: String, as type: Cases.Type = Cases.self) -> Cases {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors").appendingPathComponent(name)
        do {
            return try JSONDecoder().decode(type, from: try Data(contentsOf: file))
        } catch {
            fatalError("\(name) cannot be read: \(error)")
        }
    }
}

/// A context's values, where one value may stand without its list.
struct OneOrMoreTexts: Decodable, Sendable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        values = try (try? [String](from: decoder)) ?? [String(from: decoder)]
    }
}
