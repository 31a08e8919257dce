import Glibc

/// A lock on a file that ends with the process that holds it, whatever ends that process, and that tells who holds it.
///
/// Source: fcntl(2), "Advisory record locking". Closing any other descriptor of the file would give the lock up, so a
/// process does not open the file of its own lock again.
package struct ProcessLock {
    /// Whose a lock is.
    package enum Holder: Equatable {
        case nobody
        /// The process id; 0 where the process is in another container.
        case process(Int32)
    }

    private let descriptor: Int32

    /// Makes the file, mode 0600, and locks it before anybody sees it under its name.
    ///
    /// - Parameter path: where there is nothing yet.
    /// - Throws: ``SystemError``.
    package init(making path: String) throws(SystemError) {
        let unlocked = "\(path).new"
        descriptor = open(unlocked, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open") }
        var lock = Self.wholeFile
        guard fchmod(descriptor, 0o600) == 0, fcntl(descriptor, F_SETLK, &lock) == 0, rename(unlocked, path) == 0 else {
            let error = SystemError("fcntl")
            unlink(unlocked)
            close(descriptor)
            throw error
        }
    }

    /// - Returns: `nil` where there is no such file, or it is not this user's.
    package static func holder(of path: String) -> Holder? {
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var lock = wholeFile
        guard fcntl(descriptor, F_GETLK, &lock) == 0 else { return nil }
        return lock.l_type == Int16(F_UNLCK) ? .nobody : .process(lock.l_pid)
    }

    private static var wholeFile: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }
}
