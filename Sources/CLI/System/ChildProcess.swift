import Glibc

/// A command that runs as a child: signals that reach this process go on to it, and to what it has started.
struct ChildProcess: Sendable {
    /// Those that ask a program for something. What a terminal's keys send reaches the child by itself.
    private static let forwarded = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH]

    private let process: pid_t
    /// Whether it is the first of a group of its own.
    private let hasOwnGroup: Bool
    private let signals: AsyncStream<Int32>

    /// Starts the command that the last arguments of this process name, in this process's environment.
    ///
    /// - Parameters:
    ///   - mask: the signals that are held back from it.
    ///   - inherited: the descriptors that it gets.
    /// - Throws: ``SystemError`` where there is no such program, or it cannot be started.
    static func start(
        lastArguments count: Int, mask: SignalMask, inheriting inherited: OpenDescriptors
    ) throws(SystemError) -> ChildProcess {
        // A terminal lets only one group of processes read from it.
        let hasOwnGroup = isatty(STDIN_FILENO) == 0
        let signals = try SignalPipe.open(forwarded + [SIGCHLD])
        inherited.closeLaterOnesOnExec()
        let process = try POSIX.spawn(withLast: count, mask: mask, inOwnGroup: hasOwnGroup)
        return ChildProcess(process: process, hasOwnGroup: hasOwnGroup, signals: signals)
    }

    /// Waits for its end.
    ///
    /// - Returns: its exit code, 128 and the signal where one ended it.
    func end() async -> Int32 {
        if let code = endedWith { return code }
        for await signal in signals {
            if signal == SIGCHLD {
                if let code = endedWith { return code }
            } else if hasOwnGroup {
                kill(-process, signal)
            } else if ![SIGINT, SIGQUIT, SIGWINCH].contains(signal) {
                kill(process, signal)
            }
        }
        return 1
    }

    private var endedWith: Int32? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process ? Program.exitCode(of: status) : nil
    }
}
