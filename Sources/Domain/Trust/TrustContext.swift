/// What a request carries into the evaluation of a trust policy.
package struct TrustContext: Sendable {
    /// A condition key's value.
    package enum Value: Sendable, Equatable {
        case one(String)
        /// Of a key that can have several (`:amr`, `aws:TagKeys`), be there none, one or more.
        case many([String])

        var texts: [String] {
            switch self {
            case .one(let text): [text]
            case .many(let texts): texts
            }
        }
    }

    /// What is to be done, `sts:AssumeRoleWithWebIdentity`.
    package let action: String
    /// The ARN of the OIDC provider that vouches for the token.
    package let provider: String
    /// By key, lower case.
    private let values: [String: Value]
    /// What keys begin with that the request may have and nobody knows, lower case.
    private let unknownPrefixes: [String]
    /// The issuer without `https://`; what the keys of the token's claims begin with.
    package let issuerPath: String

    /// - Parameters:
    ///   - values: by condition key, in any case of letters.
    ///   - unknownPrefixes: the beginnings of keys that may be there without being in `values`; any other key that is
    ///     not in them is not there.
    package init(
        action: String = "sts:AssumeRoleWithWebIdentity", provider: String, issuerPath: String,
        values: [String: Value], unknownPrefixes: [String] = ["aws:", "sts:"]
    ) {
        (self.action, self.provider, self.issuerPath) = (action, provider, issuerPath)
        self.values = Dictionary(values.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        self.unknownPrefixes = unknownPrefixes.map { $0.lowercased() }
    }

    /// A token that is traded at STS. Of its claims IAM makes keys of `aud` and `sub` alone.
    ///
    /// - Parameters:
    ///   - sessionName: the session's name, where it is known already.
    ///   - durationSeconds: how long the session is to last, where that is known already.
    package static func webIdentity(
        provider: String, issuerPath: String, audience: String, subject: String, sessionName: String? = nil,
        durationSeconds: Int? = nil
    ) -> TrustContext {
        var values: [String: Value] = [
            "\(issuerPath):aud": .one(audience), "\(issuerPath):sub": .one(subject),
            "aws:FederatedProvider": .one(provider), "aws:SecureTransport": .one("true"),
        ]
        values["sts:RoleSessionName"] = sessionName.map { .one($0) }
        values["sts:DurationSeconds"] = durationSeconds.map { .one(String($0)) }
        return TrustContext(provider: provider, issuerPath: issuerPath, values: values)
    }

    /// The key's value; `nil` where it has none.
    func value(_ key: String) -> Value? { values[key.lowercased()] }

    /// Whether nobody can say offline what the key's value is, or whether it has one.
    func isUnknown(_ key: String) -> Bool {
        let key = key.lowercased()
        return values[key] == nil && unknownPrefixes.contains { key.hasPrefix($0) }
    }
}
