import Domain
import FoundationEssentials
import LinuxSystem

/// One session for all calls that ask for the same, kept in a file: however many processes ask at once, one of them
/// makes the exchange.
struct SessionCache {
    /// How long a renewal may take at most, while there is a session to give out.
    private static let renewalPatience = Duration.seconds(5)

    private let path: String
    private let patience: Duration
    private let circumstances: String
    private let context: Context
    private let console: Console

    /// - Parameters:
    ///   - key: names everything that shapes the session.
    ///   - network: says how long to wait for a process that is getting one.
    init(
        _ key: SessionKey, in directory: String, _ network: NetworkRequest, _ context: Context, _ console: Console
    ) {
        path = "\(directory)/\(key.text)"
        patience = network.timeout
        circumstances = SharedFailure.circumstances(network, context)
        (self.context, self.console) = (context, console)
    }

    /// The session in the file, or the one that `exchange` gets.
    ///
    /// - Parameter exchange: given how much of the patience is left.
    /// - Throws: as `exchange`, also where that failed in the process that was waited for and would here; or
    ///   ``ErrorReport`` where the wait was too long.
    func session(_ exchange: (Duration) async throws -> Session) async throws -> Session {
        let present = usable
        if let present, !present.isDue(now) {
            console.detail("taking the session that is kept in \(path)")
            return present.session
        }
        let lock: FileLock
        let before = note
        do throws(SystemError) {
            lock = try FileLock("\(path).lock")
        } catch {
            console.warn("the credentials cannot be kept in \(path): \(error)")
            if let present { return present.session }
            return try await exchange(patience)
        }
        defer { lock.release() }
        if let present { return try await renewed(present, lock, exchange) }
        let left = try wait(lock)
        // Whoever held the lock has left one, or why there is none, or was ended before it could.
        if let fresh = usable { return fresh.session }
        if let failure = failure(since: before) { throw failure }
        do {
            let session = try await exchange(left)
            keep(CachedSession(session, now: now))
            return session
        } catch {
            leave(error, in: lock)
            throw error
        }
    }

    private var now: Date { context.time.now() }

    private var usable: CachedSession? { CachedSession.read(path).flatMap { $0.isValid(now) ? $0 : nil } }

    /// What the last failure left in the lock's file.
    private var note: Secret? { FileSystem.readPrivate("\(path).lock", limit: SharedFailure.largest) }

    /// One process renews it; all others have a valid one, and so has this one where that fails.
    private func renewed(
        _ present: CachedSession, _ lock: FileLock, _ exchange: (Duration) async throws -> Session
    ) async throws -> Session {
        guard (try? lock.takeIfFree()) == true else { return present.session }
        let present = usable ?? present
        guard present.isDue(now) else { return present.session }
        do {
            let session = try await exchange(min(patience, Self.renewalPatience))
            keep(CachedSession(session, now: now))
            return session
        } catch {
            guard present.isValid(now) else { throw error }
            keep(present.afterFailure(now))
            console.warn("the credentials that are kept could not be renewed yet: \(ErrorReport(error).message)")
            return present.session
        }
    }

    /// Takes the lock.
    ///
    /// - Returns: how much of the patience is left.
    private func wait(_ lock: FileLock) throws -> Duration {
        let start = context.time.uptime()
        let isTaken: Bool
        do throws(SystemError) {
            isTaken = try lock.take(patience: patience)
        } catch {
            console.warn("other processes may ask for the same credentials: \(path).lock cannot be locked: \(error)")
            return patience
        }
        guard isTaken else {
            throw ErrorReport(
                .unavailable, "another process was getting the same credentials, and had not got them within --timeout",
                hints: ["give it more time with a longer --timeout; without --cache nobody is waited for"])
        }
        return max(patience - (context.time.uptime() - start), .milliseconds(1))
    }

    /// Tells those who wait and would fail alike.
    private func leave(_ error: any Error, in lock: FileLock) {
        let id = "\(ThisProcess.id) \(now.timeIntervalSince1970)"
        if let note = SharedFailure.note(error, in: circumstances, id: id) { try? lock.note(note) }
    }

    /// That of a process which failed while this one was waiting, as this one would.
    ///
    /// - Parameter before: the note when this process began to wait.
    private func failure(since before: Secret?) -> ErrorReport? {
        guard let note, before?.withExposedBytes({ old in note.withExposedBytes { $0 == old } }) != true else {
            return nil
        }
        return SharedFailure.read(note, in: circumstances)
    }

    private func keep(_ session: CachedSession?) {
        guard let session else { return }
        do throws(FileSystem.Failure) {
            try FileSystem.replace(path, by: session.text)
        } catch {
            console.warn("the credentials cannot be kept: \(ErrorReport(error).message)")
        }
    }
}
