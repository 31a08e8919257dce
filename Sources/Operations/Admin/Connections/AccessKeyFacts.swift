import AWS
import Domain
import FoundationEssentials

/// What IAM tells about the access key of a service connection.
struct AccessKeyFacts: Sendable {
    let id: String
    /// Whose it is.
    let userName: String?
    /// `nil` where it was deleted meanwhile, or may not be looked at.
    let key: AccessKey?
    let use: AccessKeyUse
    /// Why ``key`` may not be looked at.
    var keyFailure: ErrorReport?

    /// Since when nothing has used it: its last use, or else its creation; `nil` where neither is known.
    var idleSince: Date? { use.date ?? key?.created }

    /// - Throws: ``ErrorReport``, ``AWSError``, ``CredentialError``.
    static func of(_ id: String, _ administrator: Administrator) async throws -> AccessKeyFacts {
        let facts = try await known(of: id, administrator)
        if let failure = facts.keyFailure { throw failure }
        return facts
    }

    /// As far as the administrator may know them.
    ///
    /// - Throws: ``ErrorReport``, ``AWSError``, ``CredentialError``: where nothing at all is told.
    static func known(of id: String, _ administrator: Administrator) async throws -> AccessKeyFacts {
        let iam = try await administrator.iam()
        let use: AccessKeyUse
        do throws(AWSError) {
            use = try await iam.lastUse(ofAccessKey: id)
        } catch {
            throw unknown(id, administrator, ErrorReport(error))
        }
        guard let user = use.userName else { return AccessKeyFacts(id: id, userName: nil, key: nil, use: use) }
        do throws(AWSError) {
            let keys = try await iam.accessKeys(ofUser: user)
            return AccessKeyFacts(id: id, userName: user, key: keys.first { $0.id == id }, use: use)
        } catch {
            return AccessKeyFacts(id: id, userName: user, key: nil, use: use, keyFailure: ErrorReport(error))
        }
    }

    /// IAM refuses to tell of a key that is not the account's in the words in which it refuses everybody who may not
    /// ask.
    private static func unknown(_ id: String, _ administrator: Administrator, _ report: ErrorReport) -> ErrorReport {
        guard report.code == .refused else { return report }
        return ErrorReport(
            .refused,
            "IAM tells nothing of the access key \(id): it was deleted, or is not of account "
                + "\(administrator.home.id), or iam:GetAccessKeyLastUsed is not allowed",
            hints: report.hints, facts: report.facts)
    }
}
