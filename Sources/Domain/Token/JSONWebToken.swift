/// A JSON Web Token taken apart (RFC 7519): header and claims readable, the whole kept secret. Nothing here says that
/// the signature is right; STS does.
package struct JSONWebToken: Sendable {
    /// Why a text is no token that can be used.
    package enum ParseError: Error, Equatable, Sendable {
        /// Nothing at all.
        case empty
        /// Longer than STS takes, in bytes.
        case tooLong(Int)
        /// A token has three parts, separated by dots.
        case parts(Int)
        /// `part` is not base64url without padding.
        case encoding(part: String)
        /// `part` is not a JSON object, or one nested too deeply.
        case notAnObject(part: String)
        /// A claim that must be there is not.
        case missingClaim(String)
        /// A claim has another type than RFC 7519 gives it.
        case claimType(String)
    }

    /// The longest token that AssumeRoleWithWebIdentity takes, in characters.
    package static let longest = 20_000

    /// The token as it is sent.
    package let raw: Secret
    /// What it says.
    package let claims: Claims

    /// - Throws: ``ParseError``.
    package init(_ raw: Secret) throws(ParseError) {
        guard !raw.isEmpty else { throw .empty }
        guard raw.count <= Self.longest else { throw .tooLong(raw.count) }
        let parts = raw.withExposedBytes { bytes in
            bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        }
        guard parts.count == 3 else { throw .parts(parts.count) }
        var decoded: [[UInt8]] = []
        for (part, name) in zip(parts, ["header", "payload", "signature"]) {
            guard !part.isEmpty, let bytes = Base64URL.decode(part) else { throw .encoding(part: name) }
            decoded.append(bytes)
        }
        guard JSONValue.object(decoded[0]) != nil else { throw .notAnObject(part: "header") }
        guard let members = JSONValue.object(decoded[1]) else { throw .notAnObject(part: "payload") }
        self.raw = raw
        claims = try Claims(members, json: decoded[1])
    }
}
