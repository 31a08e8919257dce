import Domain
import Glibc

/// This program once more, in a session of its own, for what goes on after the command has returned.
enum BackgroundProcess {
    /// The number of the descriptor that the background process tells of its readiness on.
    private static let readyDescriptor: Int32 = 3

    /// Starts it with this process's arguments, and waits until it is ready or has ended. Until then it has this
    /// process's streams.
    ///
    /// - Returns: 0 once it is ready, else its exit code.
    /// - Throws: ``ErrorReport``.
    static func start() throws -> Int32 {
        do {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw SystemError("pipe") }
            OpenDescriptors.closeAllOnExec()
            defer { close(ends[0]) }
            let process = try spawn(tellingAt: ends[1])
            if try !POSIX.readAll(from: ends[0], limit: 1).isEmpty { return 0 }
            let code = try end(of: process)
            // It had no time to say anything.
            if code > 128 {
                throw ErrorReport(.unexpected, "the background process was ended by signal \(code - 128) as it started")
            }
            return code
        } catch let error as SystemError {
            throw ErrorReport(.unexpected, "the endpoint cannot be started in the background: \(error)")
        }
    }

    private static func end(of process: pid_t) throws(SystemError) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemError("waitpid") }
        }
        return Program.exitCode(of: status)
    }

    /// This process's end of the pipe goes in any case: the other one finds out at the end of the last.
    private static func spawn(tellingAt descriptor: Int32) throws(SystemError) -> pid_t {
        defer { close(descriptor) }
        return try POSIX.spawnSelf(
            adding: ["--ready-descriptor", String(readyDescriptor)], ready: descriptor, as: readyDescriptor)
    }

    /// Makes the terminal's keys, and what else is sent to the other process's group, no business of this one.
    static func leaveSession(keeping descriptor: Int32) {
        setsid()
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Whether the process that waited is gone, and nobody would learn that this one is ready.
    ///
    /// - Parameter descriptor: that it waits at.
    static func isAbandoned(_ descriptor: Int32) -> Bool {
        var pipe = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&pipe, 1, 0) != 0
    }

    /// Tells the process that waits for this one, and leaves its streams: an agent's step goes on as long as somebody
    /// has them.
    ///
    /// - Parameters:
    ///   - descriptor: that it waits at.
    ///   - log: takes what is written to the streams from now on.
    /// - Throws: ``SystemError`` where nobody waits any more.
    static func tell(_ descriptor: Int32, leavingStreamsFor log: Int32) throws(SystemError) {
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            guard dup2(log, stream) == stream else { throw SystemError("dup2") }
        }
        close(log)
        defer { close(descriptor) }
        try POSIX.writeAll("1", to: descriptor)
    }
}
