/// Cuts tokens out of a service's text. A service that echoes what it was sent, or what it was about to answer, must
/// not make an error that carries a token.
///
/// Works on bytes: a token with an accent put on its last letter is another text to Swift and the same token to a thief.
package struct TokenRedaction: Sendable {
    /// How much of a token may be seen: its beginning, which says how it is signed and nothing else.
    private static let harmless = 16
    /// What every JSON Web Token begins with: base64url of `{"`.
    private static let webToken = Array("eyJ".utf8)

    private let tokens: [Secret]

    /// - Parameter tokens: the tokens that were sent. JSON Web Tokens are found besides, whosoever's they are.
    package init(of tokens: [Secret]) { self.tokens = tokens.filter { !$0.isEmpty } }

    /// The text with each token, whole or cut short, replaced by `<redacted>`.
    package func apply(to text: String) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if let length = tokenLength(at: bytes[index...]) {
                kept += "<redacted>".utf8
                index += length
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// The length of the token that `text` begins with; `nil` where there is none.
    private func tokenLength(at text: ArraySlice<UInt8>) -> Int? {
        var isBeginning = text.starts(with: Self.webToken)
        for token in tokens {
            let isWhole = token.withExposedBytes { bytes in
                isBeginning = isBeginning || text.starts(with: bytes.prefix(Self.harmless))
                return text.starts(with: bytes)
            }
            if isWhole { return token.count }
        }
        guard isBeginning else { return nil }
        let run = text.prefix(while: Self.isTokenByte).count
        return run > Self.harmless ? run : nil
    }

    /// The characters of a bearer token (RFC 6750 §2.1).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit(or: "-._~+/=")
    }
}
