import Domain
import Glibc

/// This program once more, in a session of its own, for what goes on after the command has returned.
package enum BackgroundProcess {
    /// Why there is no such process.
    package enum Failure: Error, Equatable {
        /// A system call refused.
        case cannotStart(SystemError)
        /// This signal ended it as it started, before it could say anything.
        case ended(bySignal: Int32)
    }

    /// The number of the descriptor that the background process tells of its readiness on.
    private static let readyDescriptor: Int32 = 3

    /// Starts it with this process's arguments, and waits until it is ready or has ended. Until then it has this
    /// process's streams.
    ///
    /// - Returns: 0 once it is ready, else its exit code.
    /// - Throws: ``Failure``.
    package static func start() throws(Failure) -> Int32 {
        let code: Int32?
        do throws(SystemError) {
            code = try codeUnlessReady()
        } catch {
            throw .cannotStart(error)
        }
        guard let code else { return 0 }
        if code > 128 { throw .ended(bySignal: code - 128) }
        return code
    }

    /// - Returns: `nil` once it is ready, else its exit code.
    private static func codeUnlessReady() throws(SystemError) -> Int32? {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemError("pipe") }
        OpenDescriptors.closeAllOnExec()
        defer { close(ends[0]) }
        let process = try spawn(tellingAt: ends[1])
        if try !POSIX.readAll(from: ends[0], limit: 1).isEmpty { return nil }
        return try end(of: process)
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
    package static func leaveSession(keeping descriptor: Int32) {
        setsid()
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Whether the process that waited is gone, and nobody would learn that this one is ready.
    ///
    /// - Parameter descriptor: that it waits at.
    package static func isAbandoned(_ descriptor: Int32) -> Bool {
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
    package static func tell(_ descriptor: Int32, leavingStreamsFor log: Int32) throws(SystemError) {
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            guard dup2(log, stream) == stream else { throw SystemError("dup2") }
        }
        close(log)
        defer { close(descriptor) }
        try POSIX.writeAll("1", to: descriptor)
    }
}
