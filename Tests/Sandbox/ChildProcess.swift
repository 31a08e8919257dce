import Foundation
import Glibc

/// A command that runs in this process's own process group, so that a terminal and its Ctrl-C are the command's.
///
/// Foundation's `Process` puts what it starts into a group of its own, where a shell could not read the terminal.
struct ChildProcess {
    /// A command that could not be started.
    struct StartError: Error, CustomStringConvertible {
        let description: String
    }

    private let identifier: pid_t
    private let signals: Signals

    /// - Parameters:
    ///   - arguments: the program, looked up in `PATH`, and its arguments.
    ///   - output: the descriptor that stdout and stderr go to; this process's own without.
    /// - Throws: ``StartError``.
    init(_ arguments: [String], environment: [String: String], output: Int32? = nil) throws {
        signals = Signals(Self.passedOn)
        for number in Self.leftToTheCommand { signal(number, SIG_IGN) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process ignores while it waits, the command must not.
        var ignored = sigset_t()
        sigemptyset(&ignored)
        for number in Self.passedOn + Self.leftToTheCommand { sigaddset(&ignored, number) }
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        // What the threads that run tasks hold back, the command must not.
        var heldBack = sigset_t()
        sigemptyset(&heldBack)
        posix_spawnattr_setsigmask(&attributes, &heldBack)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        }

        var identifier = pid_t()
        let program = arguments.first ?? ""
        let code = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(environment.map { "\($0)=\($1)" }) { environment in
                posix_spawnp(&identifier, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else {
            throw StartError(description: "\(program) cannot be run: \(String(cString: strerror(code)))")
        }
        self.identifier = identifier
    }

    /// The signals that somebody sends to this process alone, and those that the terminal sends to the command too.
    private static let passedOn = [SIGTERM, SIGHUP]
    private static let leftToTheCommand = [SIGINT, SIGQUIT]

    /// - Returns: the command's exit code, or 128 and the number of the signal that ended it.
    func wait() async -> Int32 {
        let passing = Task { [identifier, arrivals = signals.arrivals] in
            for await number in arrivals { kill(identifier, number) }
        }
        let status = await withCheckedContinuation { continuation in
            Thread.detachNewThread { [identifier] in
                var status: Int32 = 0
                while waitpid(identifier, &status, 0) == -1, errno == EINTR {}
                continuation.resume(returning: status)
            }
        }
        passing.cancel()
        signals.cancel()
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Lends the texts as a list of C strings that ends with null.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let strings = texts.map { strdup($0) }
        defer { for string in strings { free(string) } }
        return body(strings + [nil])
    }
}
