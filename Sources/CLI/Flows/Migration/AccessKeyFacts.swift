import AWS
import Domain
import FoundationEssentials

/// What IAM tells about the access key of a service connection.
struct AccessKeyFacts: Sendable {
    let id: String
    /// Whose it is.
    let userName: String?
    /// `nil` where it was deleted, or may not be looked at.
    let key: AccessKey?
    let use: AccessKeyUse

    /// Since when nothing has used it: its last use, or else its creation; `nil` where neither is known.
    var idleSince: Date? { use.date ?? key?.created }

    /// - Throws: ``AdminFailure``: also where the key is not of the administrator's account.
    static func of(
        _ id: String, _ administrator: Administrator, _ network: Network
    ) async throws -> AccessKeyFacts {
        let iam = try administrator.iam(administrator.home, network.renewed().retrier)
        let use = try await administrator.asking("iam:GetAccessKeyLastUsed", on: "*") { () throws(AWSError) in
            try await iam.lastUse(ofAccessKey: id)
        }
        guard let user = use.userName else {
            return AccessKeyFacts(id: id, userName: nil, key: nil, use: use)
        }
        let keys = try await administrator.asking("iam:ListAccessKeys", on: administrator.arn(ofUser: user)) {
            () throws(AWSError) in
            try await iam.accessKeys(ofUser: user)
        }
        return AccessKeyFacts(id: id, userName: user, key: keys.first { $0.id == id }, use: use)
    }
}
