/// What AWS knows in a sandbox, over all accounts: IAM's entities and the organisation.
///
/// Everything is found by key, so that a thousand accounts cost a call no more than one.
package struct AWSWorld: Sendable {
    package var partition = "aws"
    /// Regions whose name the scope of a signature for STS may carry, besides being that of the endpoint.
    package var regions: Set = ["us-east-1", "eu-central-1"]
    /// By their twelve digits.
    package var accounts: [String: Account] = [:]
    /// Where to look first for the user of an access key. ``subscript(user:in:)`` keeps it; accounts that are put here
    /// as a whole are not in it.
    var keyOwners: [String: KeyOwner] = [:]
    /// What becomes of the first uses of a key after it was made by `CreateAccessKey`, or activated again: whether AWS
    /// takes it, one after the other. From then on it does. Every attempt counts, on each key by itself.
    package var accessKeyPropagation: [Bool] = []
    /// Without one, Organizations says that it is not in use.
    package var organization: Organization?
    /// Sessions end after so many seconds, whatever was asked for; `nil` for those that were.
    package var longestSession: Int?
    /// How many items a page of IAM has at most, whatever the caller allows. AWS's own default is 100.
    package var pageSize = 100
    /// AWS's own policies that can be attached, by path and name, such as `job-function/ViewOnlyAccess`.
    package var managedPolicies: Set = [
        "AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit", "IAMFullAccess",
        "IAMReadOnlyAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess", "AmazonEC2ReadOnlyAccess",
        "AWSCloudFormationFullAccess", "AmazonEC2ContainerRegistryPowerUser", "job-function/ViewOnlyAccess",
        "service-role/AWSLambdaBasicExecutionRole",
    ]

    /// Makes what is secret here.
    let secrets: SecretMint

    init(secrets: SecretMint) { self.secrets = secrets }

    /// The account of ``administrator``, the organisation's management account where there is one.
    package static let home = "111122223333"

    /// The region that a sandbox's job is in.
    package static let region = "eu-central-1"

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

    /// The region that signatures for a service without regions are scoped to.
    func globalRegion(of service: String) -> String {
        switch partition {
        case "aws-cn": service == "iam" ? "cn-north-1" : "cn-northwest-1"
        case "aws-us-gov": "us-gov-west-1"
        case "aws-iso": "us-iso-east-1"
        case "aws-iso-b": "us-isob-east-1"
        case "aws-iso-e": "eu-isoe-west-1"
        case "aws-iso-f": "us-isof-south-1"
        case "aws-eusc": "eusc-de-east-1"
        default: "us-east-1"
        }
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
