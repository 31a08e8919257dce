package import Domain
import Glibc

/// Where a command's text goes.
package protocol OutputStream: Sendable {
    /// Writes all of it.
    ///
    /// - Throws: where the file behind it takes no more. (A reader that went away ends the process, as it should.)
    func write(_ text: Secret) throws(SystemError)
}

/// Standard output or standard error, unbuffered.
package struct StandardStream: OutputStream {
    package static let output = StandardStream(descriptor: STDOUT_FILENO)
    package static let error = StandardStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    package func write(_ text: Secret) throws(SystemError) {
        guard Self.isInherited(descriptor) else { throw SystemError("write", code: EBADF) }
        try POSIX.writeAll(text, to: descriptor)
    }

    /// Takes the numbers of streams that were closed when the process began, so that no file or connection opened later
    /// gets one of them and with it what is meant for a stream.
    package static func reserve() {
        var descriptor: Int32
        repeat { descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) } while 0...STDERR_FILENO ~= descriptor
        if descriptor >= 0 { close(descriptor) }
    }

    /// Whether the process was given it. What came through `execve` cannot be marked to be closed there; what the
    /// runtime opens before `main` is, and so is what ``reserve()`` puts in the place of a closed stream.
    private static func isInherited(_ descriptor: Int32) -> Bool {
        let flags = fcntl(descriptor, F_GETFD)
        return flags >= 0 && flags & FD_CLOEXEC == 0
    }
}

/// The person at the terminal, where there is one.
package enum Terminal {
    /// Asks on standard error and reads a line; anything but `y` or `yes` is no. `nil` unless both ends are a terminal.
    package static var confirm: (@Sendable (String) -> Bool)? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        return { question in
            guard (try? StandardStream.error.write(Secret("\(question) [y/N] "))) != nil else { return false }
            guard let answer = readLine() else {
                // What follows begins a line of its own.
                try? StandardStream.error.write("\n")
                return false
            }
            return ["y", "yes"].contains(answer.lowercased())
        }
    }
}
