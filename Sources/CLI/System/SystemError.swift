import Glibc

/// A system call that failed.
struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The call's name.
    let call: String
    /// Its `errno`.
    let code: Int32

    init(_ call: String, code: Int32 = errno) { (self.call, self.code) = (call, code) }

    /// Whether there is nothing of that name.
    var isNotFound: Bool { code == ENOENT }

    /// The system's own words: `permission denied`.
    var description: String { POSIX.message(for: code) }
}
