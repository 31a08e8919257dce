extension AzureWorld {
    /// How tokens differ from proper ones. Everything that is `nil` or zero is in order.
    package struct TokenOptions: Sendable {
        /// From issue to expiry; below zero, the token has expired when it arrives.
        package var lifetime = Duration.seconds(300)
        /// From issue to the moment it begins to hold.
        package var notBefore = Duration.zero
        package var issuer: String?
        package var audience: String?
        package var subject: String?
        /// Whether the key that signs is none of the published ones, though it carries a published name.
        package var isForged = false
        /// More claims, or others than usual, by name.
        package var claims: [String: TokenClaim] = [:]

        package init() {}
    }
}

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
