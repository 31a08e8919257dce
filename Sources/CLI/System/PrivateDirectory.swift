import Domain
import Glibc

/// A directory of this process's own, mode 0700, for files that others of the same user shall read while it runs.
struct PrivateDirectory: Sendable {
    let path: String

    /// - Parameter parent: the directory to make it in.
    /// - Throws: ``FileSystem/Failure``.
    init(in parent: String) throws(FileSystem.Failure) {
        var template = Array("\(parent)/keyless.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FileSystem.Failure(action: "create a directory in", path: parent, reason: "\(SystemError("mkdtemp"))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a new file, mode 0600.
    ///
    /// - Returns: its path.
    /// - Throws: ``FileSystem/Failure``.
    func write(_ contents: Secret, as name: String) throws(FileSystem.Failure) -> String {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        do throws(SystemError) {
            guard descriptor >= 0 else { throw SystemError("open") }
            defer { close(descriptor) }
            guard fchmod(descriptor, 0o600) == 0 else { throw SystemError("fchmod") }
            try POSIX.writeAll(contents, to: descriptor)
        } catch {
            throw FileSystem.Failure(action: "write", path: file, reason: "\(error)")
        }
        return file
    }

    /// Removes it.
    ///
    /// - Parameter names: of the files in it that this process wrote.
    func remove(_ names: [String]) {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
