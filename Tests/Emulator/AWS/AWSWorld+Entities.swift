package import Foundation

extension AWSWorld {
    /// A tag of an entity.
    package struct Tag: Sendable, Equatable {
        package var key: String
        package var value: String

        package init(key: String, value: String) { (self.key, self.value) = (key, value) }
    }

    /// An OIDC identity provider.
    package struct Provider: Sendable {
        package var account: String
        /// The issuer without `https://`.
        package var url: String
        package var clientIDs: [String]
        /// Forty hexadecimal digits each. Where IAM is told none it fetches one itself, which nobody can do here.
        package var thumbprints = ["0f0e0d0c0b0a09080706050403020100ffeeddcc"]
        package var tags: [Tag] = []
        package var created = AWSWorld.beginning

        package init(account: String, url: String, clientIDs: [String]) {
            (self.account, self.url, self.clientIDs) = (account, url, clientIDs)
        }
    }

    /// A role.
    ///
    /// It may do everything where the policy `AdministratorAccess` is attached to it, and nothing otherwise: IAM's
    /// policies are stored here, and not evaluated.
    package struct Role: Sendable {
        package var account: String
        package var name: String
        /// Begins and ends with `/`.
        package var path = "/"
        /// Its trust policy, JSON.
        package var trustPolicy: String
        package var description: String?
        /// In seconds.
        package var maxSessionDuration = 3600
        /// The ARN of a policy.
        package var permissionsBoundary: String?
        /// ARNs of managed policies.
        package var attachedPolicies: [String] = []
        /// JSON by name.
        package var inlinePolicies: [String: String] = [:]
        package var tags: [Tag] = []
        package var created = AWSWorld.beginning
        /// ARNs, with wildcards, of the roles that it may assume although it may not do everything.
        package var mayAssume: [String] = []
        /// Actions, with wildcards, that it may not do whatever its policies say: `iam:CreateRole`.
        package var deniedActions: [String] = []

        package init(
            account: String, name: String, trustPolicy: String, maxSessionDuration: Int = 3600,
            mayAssume: [String] = [], attachedPolicies: [String] = []
        ) {
            (self.account, self.name, self.trustPolicy) = (account, name, trustPolicy)
            (self.maxSessionDuration, self.mayAssume) = (maxSessionDuration, mayAssume)
            self.attachedPolicies = attachedPolicies
        }

        /// `AROA…`.
        var id: String { AWSWorld.uniqueID(prefix: "AROA", of: "\(account)/\(name)") }
    }

    /// When everything was made that nobody has made since: 2026-01-01.
    package static let beginning = Date(timeIntervalSince1970: 1_767_225_600)
}
