import Domain
import Foundation
import LinuxSystem
import Synchronization
import TestSupport

@testable import Operations

/// A stream that keeps what is written.
final class RecordedStream: LinuxSystem.OutputStream {
    private let written = Mutex("")

    var text: String { written.withLock { $0 } }

    func write(_ text: Secret) { written.withLock { $0 += text.exposedText } }
}

extension Context {
    /// The machine's clock, an environment of its own, and a network that `http` plays.
    static func test(
        _ environment: [String: String], http: any HTTPClient = StubHTTPClient(),
        error: RecordedStream = RecordedStream()
    ) -> Context {
        Context(
            environment: environment, time: SystemTime(), random: FixedRandom(0), standardOutput: RecordedStream(),
            standardError: error, signalMask: SignalMask(), makeHTTPClient: { _ in http })
    }
}

extension NetworkRequest {
    /// As if nothing had been asked for.
    static func test(_ context: Context, trusting hosts: [String] = []) throws -> NetworkRequest {
        try NetworkRequest(trustedHosts: hosts, context)
    }
}
