package import Domain
import Glibc

/// Runs a program for what it prints, without a shell. What it says on stderr goes to the user; it may ask questions.
package enum Program {
    /// Why it gave nothing.
    package enum Failure: Error, Equatable {
        case cannotStart(SystemError)
        /// It ended with this exit code, or 128 + the signal that ended it.
        case ended(code: Int32)
        case timedOut(after: Duration)
        /// It printed more than this, in bytes.
        case tooLarge(limit: Int)
    }

    /// How long to wait before looking again, where a thread may not be held.
    private static let pause = Duration.milliseconds(5)

    /// - Parameters:
    ///   - arguments: the program, looked up on `PATH`, and what it is given; not empty.
    ///   - patience: the program is killed after that.
    ///   - limit: how much it may print, in bytes.
    /// - Throws: ``Failure``; a task that is cancelled counts as one whose time is over.
    package static func output(
        of arguments: [String], patience: Duration, limit: Int = 64 * 1024, time: any TimeSource
    ) async throws(Failure) -> Secret {
        let pipe = try Pipe()
        defer { close(pipe.reading) }
        let process = try pipe.start(arguments)
        let end = time.uptime() + patience
        func pauseOrKill() async throws(Failure) {
            guard time.uptime() < end, (try? await time.sleep(for: pause)) != nil else {
                kill(process)
                throw .timedOut(after: patience)
            }
        }

        var bytes: [UInt8] = []
        while true {
            guard let part = try? POSIX.readAvailable(from: pipe.reading, limit: 4096) else {
                try await pauseOrKill()
                continue
            }
            if part.isEmpty { break }
            bytes += part
            guard bytes.count <= limit else {
                kill(process)
                throw .tooLarge(limit: limit)
            }
        }
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 { try await pauseOrKill() }
        let code = exitCode(of: status)
        guard code == 0 else { throw .ended(code: code) }
        return Secret(bytes: bytes)
    }

    /// What `waitpid` tells of an end, as a shell says it: the low seven bits are the signal, the next eight the code.
    package static func exitCode(of status: Int32) -> Int32 {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private static func kill(_ process: pid_t) {
        Glibc.kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// What the program writes to and this process reads from, without waiting.
    private struct Pipe {
        let reading: Int32
        private let writing: Int32

        init() throws(Failure) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw .cannotStart(SystemError("pipe")) }
            (reading, writing) = (ends[0], ends[1])
            _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        }

        /// This process's end for writing goes in any case: the end of the output is where the last one is closed.
        func start(_ arguments: [String]) throws(Failure) -> pid_t {
            defer { close(writing) }
            OpenDescriptors.closeAllOnExec()
            do throws(SystemError) {
                return try POSIX.start(arguments, output: writing)
            } catch {
                throw .cannotStart(error)
            }
        }
    }
}
