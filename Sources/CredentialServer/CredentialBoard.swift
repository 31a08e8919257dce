import Domain
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
