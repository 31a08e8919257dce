import Domain
import Glibc

/// The person at the terminal, where there is one.
enum Terminal {
    /// Asks on standard error and reads a line; anything but `y` or `yes` is no. `nil` unless both ends are a terminal.
    static var confirm: (@Sendable (String) -> Bool)? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        return { question in
            guard (try? StandardStream.error.write(Secret("\(question) [y/N] "))) != nil else { return false }
            return ["y", "yes"].contains(readLine()?.lowercased())
        }
    }
}
