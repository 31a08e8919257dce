package import Domain
import Glibc

/// The end of a file that is opened now and read later, when its name may be gone.
package struct FileTail: ~Copyable {
    private let descriptor: Int32

    /// - Returns: `nil` when the file cannot be read, or is a link.
    package init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// What the file holds now; the newest of it when that is more than `limit`, in bytes.
    ///
    /// - Returns: `nil` when it is empty or cannot be read.
    package func read(limit: Int) -> Secret? {
        guard lseek(descriptor, max(0, lseek(descriptor, 0, SEEK_END) - off_t(limit)), SEEK_SET) >= 0,
            let bytes = try? POSIX.readAll(from: descriptor, limit: limit), !bytes.isEmpty
        else { return nil }
        return Secret(bytes: bytes)
    }
}
