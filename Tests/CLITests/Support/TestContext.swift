import Domain
import Foundation
import Synchronization
import TestSupport

@testable import CLI

/// A stream that keeps what is written.
final class RecordedStream: CLI.OutputStream {
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

extension AdminOptions {
    /// As if these had been typed.
    static func test(profile: String? = nil, region: String? = nil) -> AdminOptions {
        var options = AdminOptions()
        (options.profile, options.region) = (profile, region)
        return options
    }
}

extension GlobalOptions {
    /// As if none had been typed.
    static func test() -> GlobalOptions {
        var options = GlobalOptions()
        (options.timeout, options.trustedHosts, options.caBundle) = (TimeSpan(.seconds(60)), [], nil)
        (options.verbose, options.quiet) = (false, false)
        return options
    }
}
