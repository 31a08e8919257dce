import Dispatch
package import Domain
import Glibc
import Synchronization

/// An exclusive lock between processes, on a file of its own. The system releases it when its holder ends, however that
/// happens. The file stays: removing it would let two processes hold two different locks of one name.
package struct FileLock {
    private let descriptor: Int32

    /// Opens the file, and makes it where it is missing, readable by the owner alone. Nothing is locked yet.
    ///
    /// - Throws: ``SystemError``.
    package init(_ path: String) throws(SystemError) {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let new = open(path, flags | O_EXCL, 0o600)
        // A strange umask must not lock everybody out.
        if new >= 0 { fchmod(new, 0o600) }
        descriptor = new >= 0 ? new : open(path, flags, 0o600)
        guard descriptor >= 0 else { throw SystemError("open") }
    }

    /// Whether the other lock is on the same file, whatever names led to the two.
    package func isOfSameFile(as other: FileLock) -> Bool {
        var (own, others) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, fstat(other.descriptor, &others) == 0 else { return false }
        return own.st_dev == others.st_dev && own.st_ino == others.st_ino
    }

    /// Takes the lock if it is free now.
    ///
    /// - Throws: ``SystemError``.
    package func takeIfFree() throws(SystemError) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let error = SystemError("flock")
            if error.code == EWOULDBLOCK { return false }
            guard error.code == EINTR else { throw error }
        }
        return true
    }

    /// Takes the lock as soon as it is free. The system wakes whoever is next, so a thousand may wait and cost nothing.
    ///
    /// - Returns: false where it was not free within `patience`. Then this lock is to be released, and not used again.
    /// - Throws: ``SystemError``.
    package func take(patience: Duration) throws(SystemError) -> Bool {
        if try takeIfFree() { return true }
        let (descriptor, failure, isOver) = (descriptor, Failure(), DispatchSemaphore(value: 0))
        // flock knows no time-out, so another thread waits, to the end of the process where need be.
        DispatchQueue.global().async {
            while flock(descriptor, LOCK_EX) != 0 {
                let error = SystemError("flock")
                if error.code != EINTR {
                    failure.error.withLock { $0 = error }
                    break
                }
            }
            isOver.signal()
        }
        let end = DispatchTime.now() + .milliseconds(Int(patience.milliseconds))
        guard isOver.wait(timeout: end) == .success else { return false }
        if let error = failure.error.withLock({ $0 }) { throw error }
        return true
    }

    /// Replaces what the file holds, which is nothing at first. For whoever has the lock.
    ///
    /// - Throws: ``SystemError``.
    package func note(_ contents: Secret) throws(SystemError) {
        guard ftruncate(descriptor, 0) == 0 else { throw SystemError("ftruncate") }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError("lseek") }
        try POSIX.writeAll(contents, to: descriptor)
    }

    package func release() { close(descriptor) }

    private final class Failure: Sendable {
        let error = Mutex<SystemError?>(nil)
    }
}
