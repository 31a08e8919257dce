import Domain
import Foundation
import Synchronization

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
        _ environment: [String: String], http: any HTTPClient = NoNetwork(), error: RecordedStream = RecordedStream()
    ) -> Context {
        Context(
            environment: environment, time: SystemTime(), random: NoJitter(), standardOutput: RecordedStream(),
            standardError: error, signalMask: SignalMask(), makeHTTPClient: { _ in http })
    }
}

/// Nothing is to be sent.
struct NoNetwork: HTTPClient {
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        throw .configuration(reason: "nothing was to be sent")
    }

    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
}

private struct NoJitter: RandomSource {
    func fraction() -> Double { 0 }
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
