package import Foundation

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

    /// When everything was made that nobody has made since: 2026-01-01.
    package static let beginning = Date(timeIntervalSince1970: 1_767_225_600)

    /// A name that is unique within a region of an account.
    package struct RegionalName: Sendable, Hashable {
        package var region: String
        package var name: String

        package init(region: String, name: String) { (self.region, self.name) = (region, name) }
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
}
