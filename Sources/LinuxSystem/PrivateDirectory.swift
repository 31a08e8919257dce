package import Domain
import FoundationEssentials
import Glibc

/// A directory of this process's own, mode 0700, for files that others of the same user shall read while it runs.
///
/// A lock in it tells whether that process still runs, so that what a killed one has left is found and removed.
package struct PrivateDirectory: Sendable {
    private static let lockName = "lock"

    package let path: String

    /// Makes one, and removes those that processes which are no more have left beside it.
    ///
    /// - Parameters:
    ///   - parent: the directory to make it in.
    ///   - purpose: the first part of its name.
    /// - Throws: ``FileSystem/Failure``.
    package init(for purpose: String, in parent: String) throws(FileSystem.Failure) {
        for found in Self.all(for: purpose, in: parent) where found.holder == .nobody { found.remove() }
        var template = Array("\(parent)/\(purpose).XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FileSystem.Failure(action: "create a directory in", path: parent, reason: "\(SystemError("mkdtemp"))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // A strange umask takes from the mode, and a parent may add to it.
        chmod(path, 0o700)
        do throws(SystemError) {
            // Held until the process ends.
            _ = try ProcessLock(making: "\(path)/\(Self.lockName)")
        } catch {
            rmdir(path)
            throw FileSystem.Failure(action: "write", path: "\(path)/\(Self.lockName)", reason: "\(error)")
        }
    }

    private init(path: String) { self.path = path }

    /// Those of this user that are there, whoever made them.
    package static func all(for purpose: String, in parent: String) -> [PrivateDirectory] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.sorted().compactMap { name in
            var status = stat()
            let path = "\(parent)/\(name)"
            guard name.hasPrefix("\(purpose)."), lstat(path, &status) == 0,
                status.st_mode & (S_IFMT | 0o077) == S_IFDIR,
                status.st_uid == geteuid()
            else { return nil }
            return PrivateDirectory(path: path)
        }
    }

    /// Whose it is; `nil` where that cannot be told.
    package var holder: ProcessLock.Holder? { ProcessLock.holder(of: "\(path)/\(Self.lockName)") }

    /// A new file, mode 0600, open for writing.
    ///
    /// - Throws: ``FileSystem/Failure``.
    package func create(_ name: String) throws(FileSystem.Failure) -> Int32 {
        do throws(SystemError) {
            return try FileSystem.create("\(path)/\(name)")
        } catch {
            throw FileSystem.Failure(action: "write", path: "\(path)/\(name)", reason: "\(error)")
        }
    }

    /// Writes a new file, mode 0600.
    ///
    /// - Returns: its path.
    /// - Throws: ``FileSystem/Failure``.
    @discardableResult
    package func write(_ contents: Secret, as name: String) throws(FileSystem.Failure) -> String {
        let descriptor = try create(name)
        defer { close(descriptor) }
        do throws(SystemError) {
            try POSIX.writeAll(contents, to: descriptor)
        } catch {
            throw FileSystem.Failure(action: "write", path: "\(path)/\(name)", reason: "\(error)")
        }
        return "\(path)/\(name)"
    }

    /// Removes it with its files. The lock goes last: without it nobody would look here again.
    package func remove() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name != Self.lockName { unlink("\(path)/\(name)") }
        unlink("\(path)/\(Self.lockName)")
        rmdir(path)
    }
}
