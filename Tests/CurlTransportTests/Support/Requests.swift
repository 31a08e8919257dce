import Domain
import Foundation

@testable import CurlTransport

/// The machine's clock.
struct SystemTime: TimeSource {
    private static let beginning = ContinuousClock.now

    func now() -> Date { Date() }
    func uptime() -> Duration { ContinuousClock.now - Self.beginning }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

extension CurlHTTPClient {
    /// A client as the tests use it.
    static func test(
        trusting caBundle: String? = nil, proxy: [String: String] = [:]
    ) throws -> CurlHTTPClient {
        let proxy = try ProxyConfiguration(environment: proxy)
        let configuration = TransportConfiguration(userAgent: "keyless/test", caBundle: caBundle, proxy: proxy)
        return CurlHTTPClient(configuration, time: SystemTime())
    }

    /// Sends and gives what came of it as a value, for comparing.
    func failure(of request: HTTPRequest) async -> HTTPError? {
        do throws(HTTPError) {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}

extension HTTPLimits {
    /// Far more than any test takes: what runs out in a test is what the test is about.
    static let generous = HTTPLimits(
        total: .seconds(60), connect: .seconds(60), firstByte: .seconds(60), bodyBytes: 1 << 20)

    func with(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = self
        change(&limits)
        return limits
    }
}

extension HTTPRequest {
    static func get(_ url: String, limits: HTTPLimits = .generous) throws -> HTTPRequest {
        HTTPRequest(.get, try HTTPURL(url), limits: limits)
    }
}

extension HTTPError {
    /// The case's name, where the text in it is OpenSSL's or the system's.
    var kind: String { String(describing: self).prefix { $0 != "(" }.description }
}
