@preconcurrency import Dispatch
import Domain
import Glibc

/// Signals as they come, one after the other.
package enum SignalPipe {
    /// Those by which a person or a system asks a program to end.
    private static let endings = [SIGTERM, SIGINT, SIGHUP]

    /// Catches those that ask this process to end.
    ///
    /// - Parameter ignored: those that stay ignored.
    /// - Throws: ``SystemError``.
    package static func openEndings(but ignored: IgnoredSignals) throws(SystemError) -> AsyncStream<Int32> {
        try open(endings.filter { !ignored.contains($0) })
    }

    /// Catches them from now on, in place of what they would do.
    ///
    /// - Throws: ``SystemError``.
    package static func open(_ signals: [Int32]) throws(SystemError) -> AsyncStream<Int32> {
        let reading = try POSIX.catchSignals(signals)
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .global())
        source.setEventHandler {
            for byte in (try? POSIX.readAvailable(from: reading, limit: 64)) ?? [] { continuation.yield(Int32(byte)) }
        }
        continuation.onTermination = { _ in source.cancel() }
        source.activate()
        return stream
    }
}

/// The signals that are held back from a thread.
///
/// The threads that run tasks hold back nearly all, and a command that takes this process's place from one of them
/// would be deaf to the agent's and to Ctrl-C.
package struct SignalMask: @unchecked Sendable {
    // Only ever read after init; sigset_t is a plain value that the module does not mark.
    private(set) var signals = sigset_t()

    /// That of the calling thread.
    package init() { pthread_sigmask(SIG_SETMASK, nil, &signals) }

    /// Makes it the calling thread's.
    package func restore() {
        var signals = signals
        pthread_sigmask(SIG_SETMASK, &signals, nil)
    }
}

/// The signals that whoever started this process has told it to ignore, as `nohup` does. They stay ignored, here and in
/// what this process starts.
///
/// Source: proc(5), `SigIgn` of `/proc/<pid>/status`.
package struct IgnoredSignals {
    private let mask: UInt64

    /// Those of now: libraries change them later.
    package init() {
        let status = try? FileSystem.read("/proc/self/status", limit: 64 * 1024)?.exposedText
        let line = status?.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
        mask = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
    }

    /// Whether this one stays ignored.
    package func contains(_ signal: Int32) -> Bool { mask & (1 << UInt64(signal - 1)) != 0 }
}
