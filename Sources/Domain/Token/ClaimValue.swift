import FoundationEssentials

/// The value of a claim: any JSON value.
package enum ClaimValue: Sendable, Equatable, Decodable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case list([ClaimValue])
    case members([String: ClaimValue])
    case null

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([ClaimValue].self) {
            self = .list(value)
        } else {
            self = .members(try container.decode([String: ClaimValue].self))
        }
    }

    /// The members of a JSON object, or `nil` where the bytes are no JSON object.
    static func object(_ bytes: [UInt8]) -> [String: ClaimValue]? {
        try? JSONDecoder().decode([String: ClaimValue].self, from: Data(bytes))
    }

    /// For a person: text without quotes, lists with commas.
    package var display: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .boolean(let value): String(value)
        case .list(let values): values.map(\.display).joined(separator: ", ")
        case .members(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.display)" }.joined(separator: ", ")
        case .null: "null"
        }
    }
}
