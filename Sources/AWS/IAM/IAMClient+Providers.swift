package import Domain

extension IAMClient {
    /// The provider; `nil` where there is none.
    package func openIDConnectProvider(_ arn: String) async throws(AWSError) -> ProviderState? {
        guard
            let result = try await find("GetOpenIDConnectProvider", on: arn, [("OpenIDConnectProviderArn", arn)])
        else { return nil }
        return ProviderState(
            audiences: result.strings(at: "ClientIDList"), thumbprints: result.strings(at: "ThumbprintList"),
            tags: result.tags(at: "Tags"))
    }

    /// The ARNs of all OIDC providers of the account.
    package func openIDConnectProviders() async throws(AWSError) -> [String] {
        let result = try await call("ListOpenIDConnectProviders", on: "*", [])
        return (result.first("OpenIDConnectProviderList")?.children ?? []).compactMap { $0.string(at: "Arn") }
    }

    /// - Parameter thumbprints: none for AWS to find its own.
    package func createOpenIDConnectProvider(
        _ issuer: IssuerURL, audiences: [String], thumbprints: [String], tags: [String: String]
    ) async throws(AWSError) {
        try await call(
            "CreateOpenIDConnectProvider", on: arn("oidc-provider/\(issuer.path)"),
            [("Url", issuer.text)] + Self.members("ClientIDList", audiences)
                + Self.members("ThumbprintList", thumbprints)
                + Self.members(tags))
    }

    package func addAudience(_ audience: String, toProvider arn: String) async throws(AWSError) {
        try await call(
            "AddClientIDToOpenIDConnectProvider", on: arn,
            [("OpenIDConnectProviderArn", arn), ("ClientID", audience)])
    }

    /// Replaces the whole list, which must have one at least.
    package func updateThumbprints(_ thumbprints: [String], ofProvider arn: String) async throws(AWSError) {
        try await call(
            "UpdateOpenIDConnectProviderThumbprint", on: arn,
            [("OpenIDConnectProviderArn", arn)] + Self.members("ThumbprintList", thumbprints))
    }

    package func tagProvider(_ arn: String, _ tags: [String: String]) async throws(AWSError) {
        try await call(
            "TagOpenIDConnectProvider", on: arn, [("OpenIDConnectProviderArn", arn)] + Self.members(tags))
    }

    package func deleteProvider(_ arn: String) async throws(AWSError) {
        try await call("DeleteOpenIDConnectProvider", on: arn, [("OpenIDConnectProviderArn", arn)])
    }
}
