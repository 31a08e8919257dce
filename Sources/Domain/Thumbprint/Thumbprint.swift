/// The SHA-1 of a certificate's DER form, by which IAM pins an OIDC provider: 40 hexadecimal digits.
///
/// Source: IAM API reference, `CreateOpenIDConnectProvider`, `ThumbprintList`.
package struct Thumbprint: Sendable, Hashable, CustomStringConvertible {
    /// 40 lower-case hexadecimal digits.
    package let text: String

    /// - Parameter text: 40 hexadecimal digits in either case, as IAM takes them.
    /// - Returns: `nil` for any other text.
    package init?(_ text: String) {
        let isDigit: (UInt8) -> Bool = {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 | 0x20
        }
        guard text.utf8.count == 40, text.utf8.allSatisfy(isDigit) else { return nil }
        self.text = text.lowercased()
    }

    /// The digits.
    package var description: String { text }
}
