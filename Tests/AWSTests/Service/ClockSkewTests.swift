import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

/// The AWS SDKs' clock-skew cases, through a signed call.
@Suite struct ClockSkewTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Operation: Decodable, Sendable {
            let initialClientSkew: TimeInterval
            let attempts: [Attempt]
            let expectedClientSkew: TimeInterval
            let expectedOutcome: String
            let maxAttempts: Int?
        }
        struct Attempt: Decodable, Sendable {
            let clientTimeAtSend: String
            let clientTimeAtReceive: String
            let expectedSigningTime: String
            let statusCode: Int
            let headers: [String: String]
            let errorCode: String?
        }
        let description: String
        let operations: [Operation]

        var testDescription: String { description }
    }

    private struct File: Decodable { let tests: [Case] }

    static let cases = (try? Vectors.decode(File.self, "clock-skew-cases.json"))?.tests ?? []

    @Test("all ten cases are there")
    func completeness() { #expect(Self.cases.count == 10) }

    @Test("as the SDKs have it", arguments: cases)
    func skew(_ test: Case) async throws {
        let skew = ClockSkew(offset: try #require(test.operations.first).initialClientSkew)
        for operation in test.operations {
            #expect(await skew.offset == operation.initialClientSkew)
            let outcome = try await Self.run(operation, skew)
            #expect(outcome == operation.expectedOutcome)
            #expect(await skew.offset == operation.expectedClientSkew)
        }
    }

    private static func run(_ operation: Case.Operation, _ skew: ClockSkew) async throws -> String {
        let clock = ManualClock(try date(operation.attempts[0].clientTimeAtSend))
        let exchanges = operation.attempts.map { attempt in
            let body: Secret =
                attempt.errorCode.map { "<ErrorResponse><Error><Code>\($0)</Code></Error></ErrorResponse>" } ?? ""
            return StubHTTPClient.Exchange.answer(
                attempt.statusCode, body, fields: attempt.headers.map { ($0.key.lowercased(), $0.value) }
            ) { request in
                #expect(clock.now() == (try date(attempt.clientTimeAtSend)))
                let scope = SigningScope(now: try date(attempt.expectedSigningTime), region: "", service: "")
                #expect(request.values("X-Amz-Date") == [scope.timestamp])
                clock.advance(to: try date(attempt.clientTimeAtReceive))
            }
        }
        return try await StubHTTPClient.expecting(exchanges) { http in
            let endpoint = try TestValues.stsEndpoint()
            let connection = AWSConnection(
                http: http, endpoint: endpoint, time: clock, clockSkew: skew)
            // What the cases call attempts is time here: a second signature needs some of it to be left.
            let limits = HTTPLimits(total: operation.maxAttempts == 1 ? .seconds(2) : .seconds(3600))
            let request = HTTPRequest(.post, endpoint.url, limits: limits)
            do {
                _ = try await connection.send(request, ServiceCall(.iam, "Test"), credentials: TestValues.credentials)
                return "success"
            } catch {
                return "error"
            }
        }
    }

    private static func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test("an unsigned call is not repeated for the clock's sake")
    func unsigned() async throws {
        let error: Secret = "<ErrorResponse><Error><Code>RequestExpired</Code></Error></ErrorResponse>"
        let date = [(name: "date", value: "Wed, 04 Mar 2026 05:16:07 GMT")]
        try await StubHTTPClient.expecting([.answer(403, error, fields: date)]) { http in
            let endpoint = try TestValues.stsEndpoint()
            let connection = AWSConnection(
                http: http, endpoint: endpoint, time: ManualClock(TestValues.date),
                clockSkew: ClockSkew())
            await #expect(throws: AWSError.self) {
                try await connection.send(
                    HTTPRequest(.post, endpoint.url, limits: TestValues.limits), ServiceCall(.sts, "Test"),
                    credentials: nil)
            }
        }
    }

    @Test("a second refusal is final, and it is the one reported")
    func secondRefusal() async throws {
        let date = [(name: "date", value: "Wed, 04 Mar 2026 05:16:07 GMT")]
        func refusal(_ code: String) -> StubHTTPClient.Exchange {
            .answer(403, "<ErrorResponse><Error><Code>\(code)</Code></Error></ErrorResponse>", fields: date)
        }
        let exchanges = [refusal("RequestTimeTooSkewed"), refusal("RequestExpired")]
        try await StubHTTPClient.expecting(exchanges) { http in
            let client = try TestValues.sts(http)
            let fault = ServiceFault(
                ServiceCall(.sts, "GetCallerIdentity"), status: 403, code: "RequestExpired")
            await #expect(throws: AWSError.service(fault)) {
                try await client.getCallerIdentity(credentials: TestValues.credentials)
            }
        }
    }

    @Test("a wrong key is not tried again because the clock is wrong as well, once that is known")
    func knownSkew() {
        #expect(ClockSkew.explains(code: "SignatureDoesNotMatch", correction: -300))
        #expect(!ClockSkew.explains(code: "SignatureDoesNotMatch", correction: 0))
        #expect(!ClockSkew.explains(code: "AccessDenied", correction: 300))
        #expect(!ClockSkew.explains(code: nil, correction: 300))
        #expect(!ClockSkew.explains(code: "RequestExpired", correction: nil))
    }

    @Test(
        "a date that is none teaches nothing",
        arguments: [
            "", "now", "Thu, 01 Jan 2026 00:05:01", "Thu, 01 Foo 2026 00:05:01 GMT", "Thu, 99 Jan 2026 00:05:01 GMT",
            "1767225901",
        ])
    func unreadableDate(text: String) async {
        let skew = ClockSkew()
        let response = HTTPResponse(status: 200, fields: [("date", text)], body: "")
        #expect(await skew.record(response, sent: TestValues.date, received: TestValues.date) == nil)
        #expect(await skew.offset == 0)
    }

    @Test("a correction is counted from what was assumed before")
    func correction() async {
        let skew = ClockSkew(offset: 100)
        let response = HTTPResponse(status: 200, fields: [("date", "Wed, 04 Mar 2026 05:06:07 GMT")], body: "")
        #expect(await skew.record(response, sent: TestValues.date, received: TestValues.date) == -100)
        #expect(await skew.offset == 0)
    }
}
