import FoundationEssentials

/// Any JSON value: that of a claim, or a part of a policy.
package enum JSONValue: Sendable, Equatable, Decodable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case list([JSONValue])
    case members([String: JSONValue])
    case null

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // The commonest first: each that fails has made an error for nothing.
        if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .members(try container.decode([String: JSONValue].self))
        }
    }

    /// How deep lists and objects may lie in one another. Claims are flat, policies five deep.
    private static let deepest = 16

    /// The members of a JSON object, or `nil` where the bytes are no JSON object or one that is nested deeper than
    /// anybody needs.
    package static func object(_ bytes: [UInt8]) -> [String: JSONValue]? {
        guard isReasonable(bytes) else { return nil }
        return try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
    }

    /// Asked before anything recursive reads the bytes.
    private static func isReasonable(_ json: [UInt8]) -> Bool {
        var (depth, isText, isEscaped) = (0, false, false)
        for byte in json {
            switch byte {
            // UTF-8 has none (RFC 7519 §3), but the decoder would take UTF-16 too, which nobody else would.
            case 0: return false
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = isText
            case UInt8(ascii: "\""): isText.toggle()
            case _ where isText: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth > deepest { return false }
        }
        return true
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
