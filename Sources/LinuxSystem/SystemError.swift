import Glibc

/// A system call that failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The call's name.
    package let call: String
    /// Its `errno`.
    package let code: Int32

    /// - Parameter code: the `errno` that the call has left.
    package init(_ call: String, code: Int32 = errno) { (self.call, self.code) = (call, code) }

    /// Whether there is nothing of that name.
    package var isNotFound: Bool { code == ENOENT }

    /// Whether the address of a socket is taken.
    package var isAddressInUse: Bool { code == EADDRINUSE }

    /// The system's own words: `permission denied`.
    package var description: String { POSIX.message(for: code) }
}
