/// A JSON value with secrets in it. What is written of it is a ``Secret`` from the first byte on (RFC 8259).
package indirect enum SecretJSON: Sendable {
    /// A part without a secret.
    case value(JSONValue)
    /// Text that is secret, taken for UTF-8.
    case secret(Secret)
    case list([SecretJSON])
    case members([String: SecretJSON])

    /// The JSON on one line without spaces, members by the alphabet.
    package var text: Secret {
        switch self {
        case .value(let value): Secret(value.json())
        case .secret(let secret): "\"\(Self.escaped(secret))\""
        case .list(let items): "[\(Self.joined(items.map(\.text)))]"
        case .members(let members):
            "{\(Self.joined(members.sorted { $0.key < $1.key }.map { "\(JSONValue.text($0.key).json()):\($0.value.text)" }))}"
        }
    }

    private static func joined(_ items: [Secret]) -> Secret {
        items.dropFirst().reduce(items.first ?? "") { "\($0),\($1)" }
    }

    /// A string's inside: what RFC 8259 §7 says must be escaped is: the quotation mark, the backslash, and control
    /// characters.
    static func escaped(_ string: Secret) -> Secret {
        string.replacingBytes { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case ..<0x20: Array("\\u00\(Hex.encode([byte]))".utf8)
            default: nil
            }
        }
    }
}
