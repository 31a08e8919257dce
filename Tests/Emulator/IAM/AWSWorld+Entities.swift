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

    package func arn(of role: Role) -> String { "arn:\(partition):iam::\(role.account):role\(role.path)\(role.name)" }

    package func arn(of provider: Provider) -> String {
        "arn:\(partition):iam::\(provider.account):oidc-provider/\(provider.url)"
    }

    /// The role of that ARN. One that is set where there is none is added, with its account.
    package subscript(role arn: String) -> Role? {
        get {
            guard let parts = Self.parts(ofARN: arn), let name = parts.resource.split(separator: "/").last,
                let role = accounts[parts.account]?.roles[name.lowercased()], self.arn(of: role) == arn
            else { return nil }
            return role
        }
        set {
            guard let parts = Self.parts(ofARN: arn), let name = parts.resource.split(separator: "/").last else {
                return
            }
            accounts[parts.account, default: Account()].roles[name.lowercased()] = newValue
        }
    }

    /// The OIDC provider of that ARN.
    package subscript(provider arn: String) -> Provider? {
        guard let parts = Self.parts(ofARN: arn), parts.resource.hasPrefix("oidc-provider/") else { return nil }
        return accounts[parts.account]?.providers[String(parts.resource.dropFirst("oidc-provider/".count))]
    }

    /// Puts the role in the place of one of the same name.
    package mutating func add(_ role: Role) {
        accounts[role.account, default: Account()].roles[role.name.lowercased()] = role
    }

    /// Puts the provider in the place of one of the same URL.
    package mutating func add(_ provider: Provider) {
        accounts[provider.account, default: Account()].providers[provider.url] = provider
    }

    /// Whether a policy of that ARN can be attached to an entity of that account.
    func isAttachable(_ policy: String, in account: String) -> Bool {
        let own = "arn:\(partition):iam::aws:policy/"
        if policy.hasPrefix(own) { return managedPolicies.contains(String(policy.dropFirst(own.count))) }
        return accounts[account]?.policies.contains(policy) ?? false
    }

    /// The account and the resource of an IAM ARN; `nil` where it is not one.
    static func parts(ofARN arn: String) -> (account: String, resource: String)? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[3].isEmpty, isAccount(parts[4]) else {
            return nil
        }
        return (String(parts[4]), String(parts[5]))
    }

    static func isAccount(_ text: some StringProtocol) -> Bool { text.count == 12 && text.allSatisfy(\.isNumber) }
}
