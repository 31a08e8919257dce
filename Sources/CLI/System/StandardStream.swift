import Domain
import Glibc

/// Where a command's text goes.
protocol OutputStream: Sendable {
    /// Whether a person is looking at it.
    var isTerminal: Bool { get }
    /// Writes all of it.
    ///
    /// - Throws: where the file behind it takes no more. (A reader that went away ends the process, as it should.)
    func write(_ text: Secret) throws(SystemError)
}

/// Standard output or standard error, unbuffered.
struct StandardStream: OutputStream {
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    var isTerminal: Bool { isatty(descriptor) == 1 }

    func write(_ text: Secret) throws(SystemError) { try POSIX.writeAll(text, to: descriptor) }
}
