import Domain
import Foundation
import TLSCrypto

/// A web identity token as STS reads it.
struct WebIdentityToken {
    static let notAToken =
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
    // Two spaces: AWS's own.
    static let noKey =
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
        + "documentation for requirements"

    let issuer: String
    let subject: String
    let audience: String
    /// The party the token was issued to; where it is there, STS takes it for the audience.
    let authorizedParty: String?
    let methods: [String]
    let hasTags: Bool
    private let notBefore: Int?
    private let issued: Int
    private let expires: Int
    private let keyID: String
    private let signed: String
    private let signature: [UInt8]

    /// Reads the token without believing it.
    ///
    /// - Throws: what AWS says of a text that is no such token.
    init(_ text: String) throws(ServiceError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header: Header = Self.json(parts[0]), let claims: Claims = Self.json(parts[1]),
            let signature = Base64URL.decode(parts[2]), header.alg == "RS256"
        else { throw .invalidToken(Self.notAToken) }
        guard let issuer = claims.iss else { throw .invalidToken("Missing a required claim: iss") }
        guard let audience = claims.aud?.values.first else { throw .invalidToken("Missing a required claim: aud") }
        guard let subject = claims.sub else { throw .invalidToken("Missing a required claim: sub") }
        guard let expires = claims.exp else { throw .invalidToken("Missing a required claim: exp") }
        guard let issued = claims.iat else { throw .invalidToken("Missing a required claim: iat") }
        (self.issuer, self.audience, self.subject) = (issuer, audience, subject)
        (self.expires, self.issued, notBefore) = (expires, issued, claims.nbf)
        (authorizedParty, methods) = (claims.azp, claims.amr ?? [])
        hasTags = claims.tags != nil
        (keyID, self.signature) = (header.kid ?? "", signature)
        signed = "\(parts[0]).\(parts[1])"
    }

    /// - Throws: where the token was not signed by the issuer's key, or does not hold at `now`.
    func verify(now: Date) throws(ServiceError) {
        let key: RSAPublicKey?
        do { key = try TokenIssuer.publicKey(named: keyID) } catch { throw .invalidToken(Self.noKey) }
        guard let key else { throw .invalidToken(Self.noKey) }
        guard key.isValidSignature(signature, of: Array(signed.utf8)) else { throw .invalidToken(Self.notAToken) }
        let seconds = Int(now.timeIntervalSince1970)
        guard seconds < expires else {
            throw ServiceError(
                code: "ExpiredTokenException",
                message:
                    "Token expired: current date/time \(seconds) must be before the expiration date/time \(expires)")
        }
        guard seconds >= notBefore ?? 0 else {
            throw .invalidToken("Token is not yet valid: current date/time \(seconds) is before \(notBefore ?? 0)")
        }
        guard seconds - issued < 86_400 else {
            throw ServiceError(code: "ExpiredTokenException", message: "Token too old: \(seconds - issued)")
        }
    }

    private struct Header: Decodable { let alg, kid: String? }

    private struct Claims: Decodable {
        let iss, sub, azp: String?
        let aud: OneOrMore<String>?
        let exp, iat, nbf: Int?
        let amr: [String]?
        let tags: Tags?

        enum CodingKeys: String, CodingKey {
            case iss, sub, azp, aud, exp, iat, nbf, amr
            case tags = "https://aws.amazon.com/tags"
        }
    }

    /// Session tags: that they are there is all that counts here.
    private struct Tags: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private static func json<Value: Decodable>(_ part: Substring) -> Value? {
        Base64URL.decode(part).flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
    }
}
