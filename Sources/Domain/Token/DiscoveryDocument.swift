/// What an issuer's discovery document says about its keys (OpenID Connect Discovery 1.0 §3).
package struct DiscoveryDocument: Sendable, Equatable {
    /// Why an answer is not the issuer's discovery document, or leads nowhere.
    package enum ParseError: Error, Sendable, Equatable {
        /// It is no JSON object, or one that is nested too deep.
        case notAnObject
        /// It has no such member, or one that is no text.
        case missing(String)
        /// It is another issuer's: `found` is its `issuer`. The two must be the same letter by letter (§4.3).
        case otherIssuer(found: String)
        /// Its `jwks_uri` is no URL to fetch keys from; what is wrong with it.
        case keysURL(reason: String)
    }

    /// `jwks_uri`: where the issuer's keys are. Always https.
    package let keysURL: HTTPURL

    /// - Parameters:
    ///   - json: the answer's body, of a bounded size.
    ///   - issuer: whose document it must be.
    /// - Throws: ``ParseError``
    package init(_ json: [UInt8], of issuer: IssuerURL) throws(ParseError) {
        guard let members = JSONValue.object(json) else { throw .notAnObject }
        let found = try Self.text("issuer", in: members)
        guard found == issuer.text else { throw .otherIssuer(found: found) }
        let address = try Self.text("jwks_uri", in: members)
        do throws(HTTPURL.ParseError) { keysURL = try HTTPURL(address) } catch { throw .keysURL(reason: error.reason) }
        guard keysURL.scheme == .https else { throw .keysURL(reason: "it is plain http") }
    }

    /// Whether an answer is a JSON Web Key Set with keys in it (RFC 7517 §5).
    package static func isKeySet(_ json: [UInt8]) -> Bool {
        guard case .list(let keys)? = JSONValue.object(json)?["keys"], !keys.isEmpty else { return false }
        return keys.allSatisfy { if case .members = $0 { true } else { false } }
    }

    private static func text(_ name: String, in members: [String: JSONValue]) throws(ParseError) -> String {
        guard case .text(let text)? = members[name] else { throw .missing(name) }
        return text
    }
}
