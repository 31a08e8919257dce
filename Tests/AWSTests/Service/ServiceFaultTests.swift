import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

@Suite struct ServiceFaultTests {
    private func fault(
        _ status: Int, _ body: Secret, fields: [(name: String, value: String)] = [], service: Service = .sts
    ) throws -> ServiceFault {
        let response = HTTPResponse(status: status, fields: fields, body: body)
        return try #require(ServiceFault(response, to: ServiceCall(service, "Operation")))
    }

    @Test("a success is no fault", arguments: [200, 202, 204])
    func success(status: Int) {
        let response = HTTPResponse(status: status, fields: [], body: "<Error><Code>X</Code></Error>")
        #expect(ServiceFault(response, to: ServiceCall(.sts, "Operation")) == nil)
    }

    @Test(
        "a code and a message are found in every protocol's shape",
        arguments: [
            "<ErrorResponse><Error><Code>C</Code><Message>M</Message></Error><RequestId>R</RequestId></ErrorResponse>",
            "<Response><Errors><Error><Code>C</Code><Message>M</Message></Error></Errors><RequestID>R</RequestID></Response>",
            "{\"__type\":\"com.amazonaws.sts#C\",\"message\":\"M\"}", "{\"__type\":\"C\",\"Message\":\"M\"}",
            "{\"code\":\"C\",\"message\":\"M\",\"extra\":[{}]}",
        ])
    func shapes(body: String) throws {
        let fault = try fault(400, Secret(body))
        #expect(fault.code == "C")
        #expect(fault.message == "M")
        #expect(fault.requestID == (body.contains(">R<") ? "R" : nil))
    }

    @Test("the header of the JSON services names the code where the body does not")
    func header() throws {
        let fields = [
            ("x-amzn-errortype", "ResourceNotFoundException:http://internal.amazon.com/coral/"),
            ("x-amzn-requestid", "R"),
        ]
        let fault = try fault(404, "{\"Message\":\"M\",\"code\":7}", fields: fields, service: .lambda)
        #expect(fault.code == "ResourceNotFoundException")
        #expect(fault.message == "M")
        #expect(fault.requestID == "R")
    }

    @Test(
        "an answer that is none of AWS's has no code, and keeps its status",
        arguments: [
            "", "<html><body>502</body></html>", "<!DOCTYPE html>", "Bad Gateway", "[]", "null", "{}",
            "{\"__type\":\"#\"}", "\0",
        ])
    func foreign(body: String) throws {
        let fault = try fault(502, Secret(body))
        #expect(fault == ServiceFault(ServiceCall(.sts, "Operation"), status: 502, code: nil))
    }

    @Test(
        "the time to wait is read, and only where it is one",
        arguments: [
            ("retry-after", "7", Duration.seconds(7)), ("retry-after", "0", .zero),
            ("x-amz-retry-after", "1500", .milliseconds(1500)),
            ("retry-after", "-1", nil), ("retry-after", "abc", nil), ("retry-after", "", nil),
            ("retry-after", "1.5", nil),
            ("retry-after", "99999999999999999999", nil), ("x-amz-retry-after", "-1", nil), ("other", "7", nil),
        ])
    func retryAfter(name: String, value: String, wait: Duration?) throws {
        #expect(try fault(429, "", fields: [(name, value)]).retryAfter == wait)
        #expect(try fault(429, "", fields: [(name, value)]).retryAdvice == .throttled(after: wait))
        #expect(
            try fault(503, "", fields: [(name, value)]).retryAdvice
                == (wait.map { .throttled(after: $0) } ?? .transient))
        #expect(try fault(403, "", fields: [(name, value)]).retryAdvice == .never)
    }

    struct Recorded: Decodable, Sendable, CustomTestStringConvertible {
        let service: String
        let code: String
        let message: String
        let http: Int

        var testDescription: String { "\(service) \(code)" }
    }

    private struct File: Decodable { let errors: [Recorded] }

    static let recorded = (try? Vectors.decode(File.self, "aws-errors.json"))?.errors ?? []

    @Test("all 236 recorded errors are there")
    func completeness() { #expect(Self.recorded.count == 236) }

    @Test("a recorded error comes out as it went in", arguments: recorded)
    func recordedError(_ error: Recorded) throws {
        let name = error.service == "stepfunctions" ? "states" : error.service
        let service = try #require(Service(rawValue: name))
        let usesXML = service == .sts || service == .iam
        let fault = try fault(error.http, usesXML ? Self.xml(error) : try Self.json(error), service: service)
        #expect(fault.code == error.code)
        #expect(fault.message == error.message)
        #expect(fault.status == error.http)
    }

    private static func xml(_ error: Recorded) -> Secret {
        let message = error.message.map { character in
            switch character {
            case "<": "&lt;"
            case ">": "&gt;"
            case "&": "&amp;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
        return """
            <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>\
            <Code>\(error.code)</Code><Message>\(message)</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """
    }

    private static func json(_ error: Recorded) throws -> Secret {
        Secret(bytes: Array(try JSONEncoder().encode(["__type": error.code, "message": error.message])))
    }
}
