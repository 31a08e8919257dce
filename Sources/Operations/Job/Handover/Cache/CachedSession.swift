import Domain
import FoundationEssentials
import LinuxSystem

/// A session as it is kept in a file, and what is known of its renewal.
struct CachedSession: Sendable {
    /// Another one for every change of the file's form.
    static let version = 1
    /// The largest file read, in bytes.
    private static let largest = 64 * 1024
    /// How long a renewal that failed, or that brought nothing better, is not tried again, in seconds.
    private static let pause: TimeInterval = 60

    let session: Session
    private let expiration: Date
    /// When it was got, by this machine's clock.
    private let madeAt: Date
    /// No renewal before that.
    private var quietUntil: Date?

    /// - Returns: `nil` where the session has no end, so that nobody could say when it is to be renewed.
    init?(_ session: Session, now: Date) {
        guard let expiration = session.credentials.expiration else { return nil }
        (self.session, self.expiration, madeAt) = (session, expiration, now)
        // A service that gives what is about to end has nothing better at the moment.
        if isInWindow(now) { quietUntil = now.addingTimeInterval(Self.pause) }
    }

    /// Whether AWS takes it, as far as this machine's clock knows.
    func isValid(_ now: Date) -> Bool { now < expiration }

    /// Whether it is time for another one.
    func isDue(_ now: Date) -> Bool {
        if let quietUntil, now < quietUntil, quietUntil.timeIntervalSince(now) <= Self.pause { return false }
        return isInWindow(now)
    }

    /// The same once a renewal has failed.
    func afterFailure(_ now: Date) -> CachedSession {
        var copy = self
        copy.quietUntil = now.addingTimeInterval(Self.pause)
        return copy
    }

    /// A clock that goes back behind the time when the session was got was wrong then or is wrong now.
    private func isInWindow(_ now: Date) -> Bool {
        let window = RefreshWindow.seconds(ofLifetime: expiration.timeIntervalSince(madeAt))
        return now < madeAt || now >= expiration.addingTimeInterval(-window)
    }
}

extension CachedSession {
    private struct File: Decodable {
        let version: Int
        let accessKeyID: Secret
        let secretAccessKey: Secret
        let sessionToken: Secret?
        let expiration: String
        let account: String?
        let assumedRoleARN: String
        let region: String?
        let madeAt: Double
        let quietUntil: Double?
    }

    /// The session in that file; `nil` where there is none, where others could have written or read it, and where it is
    /// not whole.
    static func read(_ path: String) -> CachedSession? {
        guard let text = FileSystem.readPrivate(path, limit: largest),
            let file = text.withExposedBytes({ try? JSONDecoder().decode(File.self, from: Data($0)) }),
            file.version == version, !file.accessKeyID.isEmpty, !file.secretAccessKey.isEmpty,
            let expiration = Timestamp(file.expiration)?.date
        else { return nil }
        let credentials = SessionCredentials(
            accessKeyID: file.accessKeyID, secretAccessKey: file.secretAccessKey, sessionToken: file.sessionToken,
            expiration: expiration)
        return CachedSession(
            session: Session(
                credentials: credentials, assumedRoleARN: file.assumedRoleARN,
                account: file.account.flatMap { AccountID($0) },
                region: file.region),
            expiration: expiration, madeAt: Date(timeIntervalSince1970: file.madeAt),
            quietUntil: file.quietUntil.map { Date(timeIntervalSince1970: $0) })
    }

    private init(session: Session, expiration: Date, madeAt: Date, quietUntil: Date?) {
        (self.session, self.expiration, self.madeAt, self.quietUntil) = (session, expiration, madeAt, quietUntil)
    }

    /// What ``read(_:)`` reads.
    var text: Secret {
        var members: [String: SecretJSON] = [
            "version": .value(.integer(Int64(Self.version))),
            "accessKeyID": .secret(session.credentials.accessKeyID),
            "secretAccessKey": .secret(session.credentials.secretAccessKey),
            "expiration": .value(.text(Timestamp(expiration).text)),
            "assumedRoleARN": .value(.text(session.assumedRoleARN)),
            "madeAt": .value(.number(madeAt.timeIntervalSince1970)),
        ]
        members["sessionToken"] = session.credentials.sessionToken.map { .secret($0) }
        members["account"] = session.account.map { .value(.text($0.text)) }
        members["region"] = session.region.map { .value(.text($0)) }
        members["quietUntil"] = quietUntil.map { .value(.number($0.timeIntervalSince1970)) }
        return SecretJSON.members(members).text
    }
}
