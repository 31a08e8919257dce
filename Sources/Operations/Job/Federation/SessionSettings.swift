/// A session as it was asked for, in the words it was asked in: by options, by an entry of a file, by an event. Nothing
/// of it is checked; ``SessionRequest`` is what comes of that.
package struct SessionSettings: Sendable {
    package var roleARN: String?
    /// Roles to assume one after the other with the credentials of the one before.
    package var chainRoleARNs: [String] = []
    package var externalID: String?
    package var sessionName: String?
    /// `3600`, `45m`, `1h30m`
    package var duration = "1h"
    package var region: String?
    /// A file with a session policy.
    package var policyFile: String?
    package var policyARNs: [String] = []
    package var allowedAccounts: [String] = []
    /// Whether the credentials are used once before they are handed out.
    package var verifies = false
    package var token = TokenSettings()
    package var rules = TokenRules()

    package init() {}
}

/// Where a token comes from, as it was asked for.
package struct TokenSettings: Sendable {
    /// A service connection's GUID.
    package var serviceConnection: String?
    package var webIdentityTokenFile: String?

    package init(serviceConnection: String? = nil, webIdentityTokenFile: String? = nil) {
        (self.serviceConnection, self.webIdentityTokenFile) = (serviceConnection, webIdentityTokenFile)
    }
}

/// What a token's claims must be, as it was asked for.
package struct TokenRules: Sendable {
    /// Issuers to accept besides Azure DevOps's and Entra's own.
    package var issuers: [String] = []
    /// `main`, `refs/heads/main`, `refs/heads/release/*`
    package var branches: [String] = []
    /// Definition ids.
    package var pipelines: [String] = []

    package init(issuers: [String] = [], branches: [String] = [], pipelines: [String] = []) {
        (self.issuers, self.branches, self.pipelines) = (issuers, branches, pipelines)
    }
}
