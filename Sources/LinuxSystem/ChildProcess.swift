import Glibc

/// A command that runs as a child: signals that reach this process go on to it, and to what it has started.
package struct ChildProcess: Sendable {
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
    ///   - ignored: the signals that it ignores.
    ///   - signals: those of ``signals(but:)``, as they come.
    /// - Throws: ``SystemError`` where there is no such program, or it cannot be started.
    package static func start(
        lastArguments count: Int, mask: SignalMask, inheriting inherited: OpenDescriptors,
        ignoring ignored: IgnoredSignals,
        _ signals: AsyncStream<Int32>
    ) throws(SystemError) -> ChildProcess {
        let hasOwnGroup = !isInForeground
        inherited.closeLaterOnesOnExec()
        // Libraries of this process ignore SIGPIPE, and a program would inherit that.
        let process = try POSIX.spawn(
            withLast: count, mask: mask, inOwnGroup: hasOwnGroup, restoring: ignored.contains(SIGPIPE) ? [] : [SIGPIPE])
        return ChildProcess(process: process, hasOwnGroup: hasOwnGroup, signals: signals)
    }

    /// What this process has to hear of while it has a child.
    package static func signals(but ignored: IgnoredSignals) -> [Int32] {
        forwarded.filter { !ignored.contains($0) } + [SIGCHLD]
    }

    /// Whether this process belongs to those that may read from the terminal, which lets one group do so at a time.
    private static var isInForeground: Bool {
        let terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return false }
        defer { close(terminal) }
        return tcgetpgrp(terminal) == getpgrp()
    }

    /// Waits for its end.
    ///
    /// - Returns: its exit code, 128 and the signal where one ended it.
    package func end() async -> Int32 {
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
