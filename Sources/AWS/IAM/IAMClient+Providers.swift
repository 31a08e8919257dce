package import Domain

extension IAMClient {
    /// The provider; `nil` where there is none.
    package func openIDConnectProvider(_ arn: String) async throws(AWSError) -> ProviderState? {
        guard
            let result = try await find("GetOpenIDConnectProvider", [("OpenIDConnectProviderArn", arn)])
        else { return nil }
        return ProviderState(
            audiences: result.strings(at: "ClientIDList"), thumbprints: result.strings(at: "ThumbprintList"),
            tags: result.tags(at: "Tags"))
    }

    /// The ARNs of all OIDC providers of the account.
    package func openIDConnectProviders() async throws(AWSError) -> [String] {
        let result = try await call("ListOpenIDConnectProviders", [])
        return (result.first("OpenIDConnectProviderList")?.children ?? []).compactMap { $0.string(at: "Arn") }
    }

    /// - Parameter thumbprints: none where AWS shall find its own.
    package func createOpenIDConnectProvider(
        url: String, audiences: [String], thumbprints: [String], tags: [String: String]
    ) async throws(AWSError) {
        try await call(
            "CreateOpenIDConnectProvider",
            [("Url", url)] + Self.members("ClientIDList", audiences) + Self.members("ThumbprintList", thumbprints)
                + Self.members(tags))
    }

    package func addAudience(_ audience: String, toProvider arn: String) async throws(AWSError) {
        try await call(
            "AddClientIDToOpenIDConnectProvider", [("OpenIDConnectProviderArn", arn), ("ClientID", audience)])
    }

    /// Replaces the whole list, which must have one at least.
    package func updateThumbprints(_ thumbprints: [String], ofProvider arn: String) async throws(AWSError) {
        try await call(
            "UpdateOpenIDConnectProviderThumbprint",
            [("OpenIDConnectProviderArn", arn)] + Self.members("ThumbprintList", thumbprints))
    }

    package func tagProvider(_ arn: String, _ tags: [String: String]) async throws(AWSError) {
        try await call("TagOpenIDConnectProvider", [("OpenIDConnectProviderArn", arn)] + Self.members(tags))
    }

    package func deleteProvider(_ arn: String) async throws(AWSError) {
        try await call("DeleteOpenIDConnectProvider", [("OpenIDConnectProviderArn", arn)])
    }
}
