package import Domain
import FoundationEssentials
import Glibc

/// The files this program reads and writes (docs/security.md): bounded when read; and when written, readable by the
/// owner alone, never through a symbolic link, and whole or not at all.
package enum FileSystem {
    /// Why a file could not be read or written.
    package struct Failure: Error, Equatable {
        /// What the program was about to do, `read` or `write`.
        package let action: String
        package let path: String
        /// The reason in words.
        package let reason: String

        package init(action: String, path: String, reason: String) {
            (self.action, self.path, self.reason) = (action, path, reason)
        }
    }

    /// The path from the root of all, for whoever works in another directory.
    package static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// The path of this program's binary, whatever links lead to it; `nil` when the file is gone.
    package static var ownBinary: String? {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return path.flatMap { isRegularFile($0) ? $0 : nil }
    }

    /// The whole file.
    ///
    /// - Parameters:
    ///   - limit: the largest size accepted, in bytes.
    ///   - followingLinks: false for a file that will be written back.
    /// - Returns: `nil` where there is no such file.
    package static func read(_ path: String, limit: Int = 1 << 20, followingLinks: Bool = true) throws(Failure)
        -> Secret?
    {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(action: "read", path: path, reason: reason(SystemError("open")))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(action: "read", path: path, reason: "it is not a regular file")
        }
        // To the end rather than as much as the size says: a file may grow meanwhile, and some systems say 0.
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try POSIX.readAll(from: descriptor, limit: limit)
        } catch {
            throw Failure(action: "read", path: path, reason: "\(error)")
        }
        guard bytes.count <= limit else {
            throw Failure(action: "read", path: path, reason: "it is larger than \(limit) bytes")
        }
        return Secret(bytes: bytes)
    }

    /// The whole file, where it is one that nobody else can have written or can read: this user's own, mode 0600 or
    /// less, and no link.
    ///
    /// - Returns: `nil` where it is not, cannot be read, or is larger than `limit`, in bytes.
    package static func readPrivate(_ path: String, limit: Int) -> Secret? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, isPrivate(status),
            let bytes = try? POSIX.readAll(from: descriptor, limit: limit), bytes.count <= limit
        else { return nil }
        return Secret(bytes: bytes)
    }

    /// Whether this is a directory that nobody else can look into.
    package static func isPrivateDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && isPrivate(status)
    }

    private static func isPrivate(_ status: stat) -> Bool {
        status.st_uid == geteuid() && status.st_mode & 0o077 == 0
    }

    /// Whether there is a file of that name, or a link to one: no directory, pipe or device, which could be without end.
    package static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Replaces the file by what `change` makes of its present contents, under a lock that other runs of this program
    /// respect: written beside it with mode 0600, synced, renamed. Whatever fails, the old file stays as it was.
    ///
    /// - Parameters:
    ///   - other: a file that no run of this program updates meanwhile.
    ///   - patience: how long another run may hold a lock, which takes milliseconds where nothing is wrong.
    ///   - change: given the present contents, `nil` where there is no file.
    package static func update(
        _ path: String, besides other: String? = nil, patience: Duration = .seconds(5),
        _ change: (Secret?) throws -> Secret
    ) throws {
        // What cannot be replaced is refused before anything is left beside it.
        _ = try read(path, followingLinks: false)
        try createPrivateDirectory(parent(of: path))
        let others = try other.flatMap { try lockWhereUpdatable(beside: $0) }
        defer { others?.release() }
        if let other, let others { try take(others, beside: other, patience) }
        let own = try lock(beside: path)
        defer { own.release() }
        // Both names may lead to one file, whose lock this process has then.
        if others?.isOfSameFile(as: own) != true { try take(own, beside: path, patience) }
        try replace(path, by: change(read(path, followingLinks: false)))
    }

    /// - Returns: `nil` where the file cannot be updated, so that nobody is to be kept from it.
    private static func lockWhereUpdatable(beside path: String) throws(Failure) -> FileLock? {
        do throws(Failure) {
            _ = try read(path, followingLinks: false)
            try createPrivateDirectory(parent(of: path))
        } catch {
            return nil
        }
        do throws(SystemError) {
            return try FileLock(lockPath(beside: path))
        } catch {
            if [EACCES, EPERM, EROFS, ENOENT].contains(error.code) { return nil }
            throw Failure(action: "write", path: path, reason: reason(error))
        }
    }

    private static func lock(beside path: String) throws(Failure) -> FileLock {
        do throws(SystemError) {
            return try FileLock(lockPath(beside: path))
        } catch {
            throw Failure(action: "write", path: path, reason: reason(error))
        }
    }

    private static func take(_ lock: FileLock, beside path: String, _ patience: Duration) throws(Failure) {
        let isTaken: Bool
        do throws(SystemError) {
            isTaken = try lock.take(patience: patience)
        } catch {
            throw Failure(action: "write", path: path, reason: reason(error))
        }
        guard isTaken else {
            throw Failure(
                action: "write", path: path, reason: "another process holds \(lockPath(beside: path))")
        }
    }

    private static func lockPath(beside path: String) -> String { "\(path).keyless-lock" }

    /// The directory part, `.` where there is none.
    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Replaces the file, which only whoever holds its lock may do. Whatever fails, the old file stays as it was.
    ///
    /// - Throws: ``Failure``.
    package static func replace(_ path: String, by contents: Secret) throws(Failure) {
        // Always the same name: what a run leaves that was killed is gone with the next one.
        let temporary = "\(path).keyless-new"
        unlink(temporary)
        do throws(SystemError) {
            let descriptor = try create(temporary)
            defer { close(descriptor) }
            try POSIX.writeAll(contents, to: descriptor)
            guard fsync(descriptor) == 0 else { throw SystemError("fsync") }
            guard rename(temporary, path) == 0 else { throw SystemError("rename") }
        } catch {
            unlink(temporary)
            throw Failure(action: "write", path: path, reason: reason(error))
        }
        syncDirectory(parent(of: path))
    }

    /// A new file, mode 0600, open for writing at its end. It is left where it cannot be given that mode.
    package static func create(_ path: String) throws(SystemError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open") }
        // The mode given to open is narrowed by the umask, never widened; a strange umask must not lock us out.
        guard fchmod(descriptor, 0o600) == 0 else {
            let error = SystemError("fchmod")
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Creates the last component with mode 0700 where it is missing.
    ///
    /// - Throws: ``Failure``.
    package static func createPrivateDirectory(_ path: String) throws(Failure) {
        guard mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return }
            throw Failure(action: "create", path: path, reason: reason(SystemError("mkdir")))
        }
        // As above; some file systems have no modes, and there it stays as it is.
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & 0o700 != 0o700 { chmod(path, status.st_mode & 0o7000 | 0o700) }
    }

    /// Makes the rename itself last; failing to is no reason to report failure.
    private static func syncDirectory(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func reason(_ error: SystemError) -> String {
        switch error.code {
        case ELOOP: "it is a symbolic link"
        case ENOENT: "the directory \(error.call == "mkdir" ? "above it " : "")does not exist"
        default: "\(error)"
        }
    }
}
