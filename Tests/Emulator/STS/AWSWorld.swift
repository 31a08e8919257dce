/// What IAM knows in a sandbox, over all accounts.
package struct AWSWorld: Sendable {
    /// An OIDC identity provider.
    package struct Provider: Sendable {
        package var account: String
        /// The issuer without `https://`.
        package var url: String
        package var clientIDs: [String]

        package init(account: String, url: String, clientIDs: [String]) {
            (self.account, self.url, self.clientIDs) = (account, url, clientIDs)
        }
    }

    /// A role.
    package struct Role: Sendable {
        package var account: String
        package var name: String
        /// Begins and ends with `/`.
        package var path = "/"
        /// Its trust policy, JSON.
        package var trustPolicy: String
        /// In seconds.
        package var maxSessionDuration = 3600
        /// ARNs, with wildcards, of the roles that its own policies let it assume.
        package var mayAssume: [String] = []

        package init(
            account: String, name: String, trustPolicy: String, maxSessionDuration: Int = 3600,
            mayAssume: [String] = []
        ) {
            (self.account, self.name, self.trustPolicy) = (account, name, trustPolicy)
            (self.maxSessionDuration, self.mayAssume) = (maxSessionDuration, mayAssume)
        }
    }

    /// A user with a long-term access key.
    package struct User: Sendable {
        package var account: String
        package var name: String
        package var accessKeyID: String
        package var secretAccessKey: String
        package var isKeyActive = true
        package var mayAssume: [String] = []
    }

    package var partition = "aws"
    /// Regions whose name a signature's scope may carry, besides being that of the endpoint.
    package var regions: Set = ["us-east-1", "eu-central-1"]
    package var providers: [Provider] = []
    package var roles: [Role] = []
    package var users: [User] = []

    package init() {}

    package func arn(of role: Role) -> String { "arn:\(partition):iam::\(role.account):role\(role.path)\(role.name)" }

    package func arn(of provider: Provider) -> String {
        "arn:\(partition):iam::\(provider.account):oidc-provider/\(provider.url)"
    }

    func role(arn: String) -> Role? { roles.first { self.arn(of: $0) == arn } }
}

/// Who makes a signed call.
struct Caller: Sendable {
    let account: String
    /// Of the session or the user.
    let arn: String
    let userID: String
    /// The ARN that trust policies name: the role's or the user's.
    let principalARN: String
    /// Whether the caller is a role's session, so that assuming a role is chaining.
    let isSession: Bool
    let mayAssume: [String]
}

/// What is behind an access key id.
struct AccessKey: Sendable {
    let secret: String
    let sessionToken: String?
    /// In seconds since 1970; `nil` for a long-term key.
    let expires: Int?
    let caller: Caller
}
