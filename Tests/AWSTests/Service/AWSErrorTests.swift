import Domain
import TestSupport
import Testing

@testable import AWS

/// What is retried, against botocore's standard mode.
@Suite struct AWSErrorTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let service: String
        let operation: String
        let status: Int?
        let code: String?
        let exception: String?
        let retryable: Bool
        let throttling: Bool

        var testDescription: String {
            "\(service) \(operation) \(code ?? exception ?? "") \(status.map(String.init) ?? "")"
        }

        func error() throws -> AWSError {
            let service = try #require(Service(rawValue: service == "stepfunctions" ? "states" : service))
            let call = ServiceCall(service, operation)
            guard let status else { return .transport(try transportError(), call) }
            let body: Secret = code.map { "<ErrorResponse><Error><Code>\($0)</Code></Error></ErrorResponse>" } ?? ""
            let response = HTTPResponse(status: status, fields: [], body: body)
            return .service(try #require(ServiceFault(response, to: call)))
        }

        private func transportError() throws -> HTTPError {
            switch exception {
            case "connect_timeout": .timedOut(host: "h", phase: .connect)
            case "read_timeout": .timedOut(host: "h", phase: .firstByte)
            case "endpoint_connection": .cannotConnect(host: "h", reason: "refused")
            case "connection_closed": .connectionLost(host: "h", reason: "reset")
            case "ssl_error": .tls(host: "h", reason: "untrusted")
            case "proxy_error": .proxy(reason: "refused")
            default: throw HTTPError.configuration(reason: "no such exception: \(exception ?? "none")")
            }
        }

        /// Where this program decides otherwise: a 408 or 429 is believed without a code, and a certificate that is
        /// not trusted now will not be trusted in a second either.
        var advice: RetryAdvice {
            switch (status, code, exception) {
            case (408, nil, _): .transient
            case (429, nil, _): .throttled(after: nil)
            case (_, _, "ssl_error"): .never
            default: !retryable ? .never : throttling ? .throttled(after: nil) : .transient
            }
        }

        var isException: Bool { (advice != .never) != retryable }
    }

    private struct File: Decodable {
        struct Mode: Decodable { let classify: [Case] }
        let modes: [String: Mode]
    }

    static let cases = (try? Vectors.decode(File.self, "retry_cases.json"))?.modes["standard2020"]?.classify ?? []

    @Test("all 53 cases are there, and three are decided otherwise")
    func completeness() {
        #expect(Self.cases.count == 53)
        #expect(Self.cases.filter(\.isException).count == 3)
    }

    @Test("as botocore's standard mode has it, but for the three", arguments: cases)
    func classification(_ test: Case) throws {
        #expect(try test.error().retryAdvice == test.advice)
    }

    @Test("only STS's own trouble with the provider passes")
    func identityProvider() {
        let code = "IDPCommunicationError"
        let iam = ServiceFault(ServiceCall(.iam, "O"), status: 400, code: code)
        #expect(AWSError.service(iam).retryAdvice == .never)
    }

    @Test("a malformed answer stays malformed")
    func malformedAnswer() {
        #expect(AWSError.malformedAnswer(ServiceCall(.iam, "O"), reason: "r").retryAdvice == .never)
    }
}
