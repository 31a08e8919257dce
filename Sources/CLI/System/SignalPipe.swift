@preconcurrency import Dispatch
import Glibc

/// Signals as they come, one after the other.
enum SignalPipe {
    /// Catches them from now on, in place of what they would do.
    ///
    /// - Throws: ``SystemError``.
    static func open(_ signals: [Int32]) throws(SystemError) -> AsyncStream<Int32> {
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
