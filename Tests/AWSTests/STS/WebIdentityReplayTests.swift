import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS

/// Exchanges with the real STS, recorded by the authors of the AWS SDK for Rust, played back to our client.
///
/// Their authors made the recordings anonymous afterwards, each file by itself. So what was sent need not be what
/// the answer or `test-case.json` speaks of: account numbers and tokens differ, and the signature of the one signed
/// request is of a token that is no longer there. What is compared is: each request, field by field, with the
/// recorded one; the fields of the connection; and the final result with `test-case.json`.
@Suite struct WebIdentityReplayTests {
    struct Recording: Sendable, CustomTestStringConvertible {
        let folder: String
        var testDescription: String { folder }

        struct Exchange {
            let url: String
            let fields: [String: String]
            let form: [String: String]
            let status: Int
            let answerFields: [(name: String, value: String)]
            let answer: String
        }

        private struct Traffic: Decodable {
            struct Event: Decodable { let action: Action }
            struct Action: Decodable {
                let Request: RequestAction?
                let Response: ResponseAction?
                let Data: DataAction?
            }
            struct RequestAction: Decodable { let request: Request }
            struct Request: Decodable {
                let uri: String
                let headers: [String: [String]]
            }
            struct ResponseAction: Decodable { let response: Outcome }
            struct Outcome: Decodable { let Ok: Response }
            struct Response: Decodable {
                let status: Int
                let headers: [String: [String]]
            }
            struct DataAction: Decodable { let data: Text }
            struct Text: Decodable { let Utf8: String }
            let events: [Event]
        }

        func exchanges() throws -> [Exchange] {
            let actions = try Vectors.decode(Traffic.self, "web_identity/\(folder)/http-traffic.json").events.map(
                \.action)
            let requests = actions.compactMap(\.Request?.request)
            let responses = actions.compactMap(\.Response?.response.Ok)
            let bodies = actions.compactMap(\.Data?.data.Utf8)
            #expect(requests.count == responses.count && bodies.count == 2 * requests.count)
            return requests.indices.map { index in
                Exchange(
                    url: requests[index].uri, fields: requests[index].headers.mapValues { $0.joined(separator: ",") },
                    form: HTTPRequest.decodeForm(bodies[2 * index]), status: responses[index].status,
                    answerFields: responses[index].headers.map { ($0.key, $0.value.joined(separator: ",")) },
                    answer: bodies[2 * index + 1])
            }
        }

        struct Expected: Decodable {
            struct Result: Decodable {
                let Ok: Credentials?
                let ErrorContains: String?
            }
            struct Credentials: Decodable {
                let access_key_id: String
                let secret_access_key: String
                let session_token: String
                let account_id: String
                let expiry: Double
            }
            let result: Result
        }

        func expected() throws -> Expected.Result {
            try Vectors.decode(Expected.self, "web_identity/\(folder)/test-case.json").result
        }
    }

    static let recordings = ((try? Vectors.folders(in: "web_identity")) ?? []).map { Recording(folder: $0) }

    @Test("all four recordings are there")
    func completeness() { #expect(Self.recordings.count == 4) }

    @Test("as it was recorded", arguments: recordings)
    func replay(_ recording: Recording) async throws {
        let exchanges = try recording.exchanges()
        let expected = try recording.expected()
        let region = try #require(exchanges[0].url.split(separator: ".").dropFirst().first)

        try await StubHTTPClient.expecting(exchanges.map(Self.stub)) { http in
            let client = try TestValues.sts(http, String(region))
            do throws(AWSError) {
                let role = try await Self.run(exchanges.map(\.form), on: client)
                Self.check(role, expected.Ok)
            } catch {
                Self.check(error, expected.ErrorContains)
            }
        }
    }

    @Test(
        "the token in the request is the one of the token file, without the file's line end",
        arguments: ["web_identity_token_env", "web_identity_token_invalid_jwt"])
    func tokenFile(folder: String) throws {
        let file = Secret(try Vectors.text("web_identity/\(folder)/fs/token.jwt"))
        let recorded = try Recording(folder: folder).exchanges()[0].form["WebIdentityToken"]
        #expect(file.trimmed().exposedText == recorded?.trimmingCharacters(in: .newlines))
        #expect(file.count > file.trimmed().count)
    }

    /// Makes the recorded calls one after the other, each with the credentials of the one before.
    private static func run(_ forms: [[String: String]], on client: STSClient) async throws(AWSError) -> AssumedRole {
        var role: AssumedRole?
        for form in forms {
            guard let roleARN = try? RoleARN(padded(form["RoleArn"] ?? "")),
                let sessionName = try? SessionName(validating: form["RoleSessionName"] ?? "")
            else { throw .malformedAnswer(ServiceCall(.sts, "test"), reason: "the recorded request is not readable") }
            if let credentials = role?.credentials {
                role = try await client.assumeRole(
                    AssumeRoleRequest(roleARN: roleARN, sessionName: sessionName), credentials: credentials)
            } else {
                role = try await client.assumeRoleWithWebIdentity(
                    WebIdentityRequest(
                        roleARN: roleARN, sessionName: sessionName, token: Secret(form["WebIdentityToken"] ?? "")))
            }
        }
        guard let role else {
            throw .malformedAnswer(ServiceCall(.sts, "test"), reason: "there was no recorded request")
        }
        return role
    }

    /// The authors cut some account numbers to nine digits, which no real one has.
    private static func padded(_ roleARN: String) -> String {
        roleARN.replacingOccurrences(of: "::123456789:", with: "::000123456789:")
    }

    private static func stub(_ exchange: Recording.Exchange) -> StubHTTPClient.Exchange {
        .answer(exchange.status, Secret(exchange.answer), fields: exchange.answerFields) { request in
            var form = exchange.form
            form["RoleArn"] = padded(try #require(form["RoleArn"]))
            form["WebIdentityToken"] = form["WebIdentityToken"]?.trimmingCharacters(in: .newlines)
            #expect(request.method == .post)
            #expect(request.url.text == exchange.url)
            #expect(request.form == form)
            #expect(request.values("Content-Type") == ["application/x-www-form-urlencoded; charset=utf-8"])

            let isSigned = exchange.fields["authorization"] != nil
            #expect(request.values("Authorization").count == (isSigned ? 1 : 0))
            #expect(request.values("X-Amz-Security-Token").count == (isSigned ? 1 : 0))
            if isSigned { #expect(request.values("X-Amz-Security-Token") == ["TESTSESSIONTOKEN"]) }
        }
    }

    private static func check(_ role: AssumedRole, _ expected: Recording.Expected.Credentials?) {
        #expect(role.credentials.accessKeyID.exposedText == expected?.access_key_id)
        #expect(role.credentials.secretAccessKey.exposedText == expected?.secret_access_key)
        #expect(role.credentials.sessionToken?.exposedText == expected?.session_token)
        #expect(role.credentials.expiration?.timeIntervalSince1970 == expected?.expiry)
        #expect(role.account?.text == expected?.account_id)
    }

    /// `ErrorContains` is `<Code>Exception: <beginning of the message>`.
    private static func check(_ error: AWSError, _ expected: String?) {
        guard case .service(let fault) = error else {
            Issue.record(error)
            return
        }
        #expect(expected.map { "\(fault.code ?? "")Exception: \(fault.message ?? "")".hasPrefix($0) } == true)
        #expect(fault.status == 400)
        #expect(fault.requestID == "5045ca91-d123-4749-9d66-00a3c906be6c")
        #expect(error.retryAdvice == .never)
    }
}
