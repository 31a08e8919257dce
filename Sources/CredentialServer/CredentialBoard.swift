package import Domain
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// What there is to give, by path, as the bytes that go on the wire. Used on the server's one thread alone.
final class CredentialBoard {
    private struct Entry {
        var answer: Answer
        let expiration: Date
        let reason: String?
    }

    private let time: any TimeSource
    private var entries: [String: Entry] = [:]

    init(time: any TimeSource) { self.time = time }

    deinit { for path in entries.keys { entries[path]?.answer.wipe() } }

    func put(_ offer: CredentialOffer, at path: String) {
        entries[path]?.answer.wipe()
        entries[path] = Entry(
            answer: .credentials(offer.document), expiration: offer.expiration, reason: offer.reason)
    }

    /// The answer for a path; `nil` where there is none of that name.
    func answer(at path: String) -> Answer? {
        guard let entry = entries[path] else { return nil }
        guard entry.expiration > time.now() else {
            return .error(.serviceUnavailable, "CredentialsExpired", Self.message(entry))
        }
        return entry.answer
    }

    private static func message(_ entry: Entry) -> String {
        "the credentials ended \(Timestamp(entry.expiration).text)"
            + (entry.reason.map { " and could not be renewed: \($0)" } ?? "")
    }
}

/// What is given at a path.
package struct CredentialOffer: Sendable {
    /// The answer's body: `AccessKeyId`, `SecretAccessKey`, `Token`, `Expiration`, and `AccountId` where it is known.
    let document: Secret
    /// When the credentials end. From then on there is nothing to give.
    let expiration: Date
    /// Why there are no newer ones, in words for whoever reads the error; `nil` while all is well.
    package var reason: String?

    /// - Parameter accountID: the account the credentials are of, twelve digits.
    /// - Returns: `nil` where an SDK would not take them: without a session's token, an end, or with an empty value.
    package init?(_ credentials: SessionCredentials, accountID: String? = nil, reason: String? = nil) {
        guard let token = credentials.sessionToken, let expiration = credentials.expiration,
            ![credentials.accessKeyID, credentials.secretAccessKey, token].contains(where: \.isEmpty)
        else { return nil }
        var members: [String: SecretJSON] = [
            "AccessKeyId": .secret(credentials.accessKeyID), "SecretAccessKey": .secret(credentials.secretAccessKey),
            "Token": .secret(token), "Expiration": .value(.text(Timestamp(expiration).text)),
        ]
        if let accountID { members["AccountId"] = .value(.text(accountID)) }
        (self.document, self.expiration, self.reason) = (SecretJSON.members(members).text, expiration, reason)
    }
}
