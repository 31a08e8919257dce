/// A claim's value.
package enum TokenClaim: Sendable, Encodable {
    case text(String)
    case number(Int)
    case texts([String])

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .text(let text): try value.encode(text)
        case .number(let number): try value.encode(number)
        case .texts(let texts): try value.encode(texts)
        }
    }
}
