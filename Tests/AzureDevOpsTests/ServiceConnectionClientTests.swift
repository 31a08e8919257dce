import Domain
import Foundation
import TestSupport
import Testing

@testable import AzureDevOps

@Suite struct ServiceConnectionClientTests {
    private static let base = "https://dev.azure.com/contoso"
    private static let endpoints = "\(base)/Web%20Shop/_apis/serviceendpoint/endpoints"
    private static let pat = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst"

    private static func exchange(
        _ url: String, _ status: Int = 200, _ fields: [(name: String, value: String)] = [], body: String,
        by method: HTTPRequest.Method = .get
    ) -> StubHTTPClient.Exchange {
        StubHTTPClient.Exchange(
            method, url, answer: .success(HTTPResponse(status: status, fields: fields, body: Secret(body))))
    }

    /// What the client makes of these answers, and the requests it sent.
    private func ask<Value>(
        _ exchanges: StubHTTPClient.Exchange..., retrier: @escaping @Sendable () -> Retrier = { .once() },
        body: (ServiceConnectionClient) async throws(OrganizationError) -> Value
    ) async throws -> (Result<Value, OrganizationError>, [HTTPRequest]) {
        var result: Result<Value, OrganizationError>?
        let sent = try await StubHTTPClient.expecting(exchanges) { http in
            let client = ServiceConnectionClient(
                http: http, organization: try HTTPURL("\(Self.base)/"),
                credential: .personalAccessToken(Secret(Self.pat)), retrier: retrier)
            do throws(OrganizationError) {
                result = .success(try await body(client))
            } catch {
                result = .failure(error)
            }
            return http.sent
        }
        return (try #require(result), sent)
    }

    private static func list(_ items: String...) -> String {
        #"{"count":\#(items.count),"value":[\#(items.joined(separator: ","))]}"#
    }

    @Test("a connection is found by its name, whatever else is answered")
    func named() async throws {
        let other = ConnectionSample.json(name: "aws-production")
        let (result, sent) = try await ask(
            Self.exchange(
                "\(Self.endpoints)?endpointNames=AWS-prod&includeFailed=true&api-version=7.1",
                body: Self.list(other, ConnectionSample.json()))
        ) { client throws(OrganizationError) in
            try await client.connection(named: "AWS-prod", project: "Web Shop")
        }
        #expect(try result.get()?.name == "aws-prod")
        let fields = sent.first?.fields ?? []
        #expect(fields.map(\.name) == ["Authorization", "Accept", "X-TFS-FedAuthRedirect"])
        #expect(
            fields.first?.value.exposedText == "Basic \(Data(":\(Self.pat)".utf8).base64EncodedString())")
    }

    @Test("names that are only shared, that have a comma, and that nobody has")
    func names() async throws {
        for (name, query, expected) in [
            ("aws-shared", "endpointNames=aws-shared&", "aws-prod"), ("a,b", "", nil), ("b", "endpointNames=b&", nil),
        ] {
            let url = "\(Self.endpoints)?\(query)includeFailed=true&api-version=7.1"
            let (result, _) = try await ask(Self.exchange(url, body: Self.list(ConnectionSample.json()))) {
                client throws(OrganizationError) in
                try await client.connection(named: name, project: "Web Shop")
            }
            #expect(try result.get()?.name == expected, "\(name)")
        }
    }

    @Test("a connection is found by its id, and null is none", arguments: [true, false])
    func byID(isThere: Bool) async throws {
        let id = try #require(ServiceConnectionID(ConnectionSample.id))
        let url = "\(Self.endpoints)/\(ConnectionSample.id)?api-version=7.1"
        let (result, _) = try await ask(
            Self.exchange(url, body: isThere ? ConnectionSample.json() : "null\r\n")
        ) { client throws(OrganizationError) in
            try await client.connection(id, project: "Web Shop")
        }
        #expect(try result.get()?.id == (isThere ? id : nil))
    }

    @Test("the connections of a type are listed, all or those that may be changed", arguments: [true, false])
    func ofType(mayManage: Bool) async throws {
        let filter = mayManage ? "&actionFilter=manage" : ""
        let (result, sent) = try await ask(
            Self.exchange(
                "\(Self.endpoints)?type=aws&includeFailed=true\(filter)&api-version=7.1",
                body: Self.list(ConnectionSample.json(), ConnectionSample.json(name: "aws-test")))
        ) { client throws(OrganizationError) in
            try await client.connections(ofType: "aws", project: "Web Shop", mayManage: mayManage)
        }
        #expect(try result.get().map(\.name) == ["aws-prod", "aws-test"])
        #expect(sent.first?.limits.bodyBytes == 16 << 20)
    }

    @Test("all projects are listed, page after page, and each page is tried again alone")
    func projects() async throws {
        let url = "\(Self.base)/_apis/projects"
        let project = #"{"id":"0CA3DDD9-F0B0-4635-A98C-5866526961B6","name":"Web Shop"}"#
        let (result, _) = try await ask(
            Self.exchange("\(url)?api-version=7.1", 503, body: ""),
            Self.exchange("\(url)?api-version=7.1", 200, [("x-ms-continuationtoken", "a b")], body: Self.list(project)),
            Self.exchange("\(url)?continuationToken=a%20b&api-version=7.1", 429, body: ""),
            Self.exchange(
                "\(url)?continuationToken=a%20b&api-version=7.1", body: Self.list(#"{"id":"2","name":"Ü"}"#)),
            retrier: { .patient() }
        ) { client throws(OrganizationError) in try await client.projects() }
        #expect(try result.get() == [ConnectionSample.project, Project(id: "2", name: "Ü")])

        let endless = [("x-ms-continuationtoken", "a")]
        let (pages, _) = try await ask(
            Self.exchange("\(url)?api-version=7.1", 200, endless, body: Self.list(project)),
            Self.exchange("\(url)?continuationToken=a&api-version=7.1", 200, endless, body: Self.list(project))
        ) { client throws(OrganizationError) in try await client.projects() }
        #expect(try pages.get().count == 2)
    }

    @Test("an update replaces the whole connection under its id")
    func update() async throws {
        let connection = try #require(ServiceConnection(ConnectionSample.document()))
        let update = connection.replacingAccessKey(ConnectionSample.pair)
        let (result, sent) = try await ask(
            Self.exchange(
                "\(Self.base)/_apis/serviceendpoint/endpoints/\(ConnectionSample.id)?api-version=7.1",
                body: ConnectionSample.json(), by: .put)
        ) { client throws(OrganizationError) in try await client.update(update) }
        #expect(try result.get() == connection)
        #expect(sent.first?.body.exposedText == update.body.exposedText)
        #expect(sent.first?.fields.last?.name == "Content-Type")
        #expect(sent.first?.fields.last?.value.exposedText == "application/json")
    }

    @Test(
        "refusals and failures, and whether they can pass",
        arguments: [
            (302, "", "", OrganizationError.credentialRefused, RetryAdvice.never),
            (203, "", "<html>", .credentialRefused, .never), (401, "", "", .credentialRefused, .never),
            (403, "", #"{"message":"no right"}"#, .forbidden(message: "no right"), .never),
            (404, "", #"{"message":"TF200016"}"#, .notFound, .never),
            (429, "", "TF400733", .throttled(after: nil), .throttled(after: nil)),
            (429, "7", "", .throttled(after: .seconds(7)), .throttled(after: .seconds(7))),
            (503, "7", "", .throttled(after: .seconds(7)), .throttled(after: .seconds(7))),
            (503, "", "<html>", .failed(status: 503, message: nil), .transient),
            (400, "", #"{"message":"bad"}"#, .failed(status: 400, message: "bad"), .never),
            (200, "", "<html>", .malformedAnswer, .never), (200, "", "{}", .malformedAnswer, .never),
            (200, "", "", .malformedAnswer, .never),
        ])
    func failures(
        status: Int, wait: String, body: String, error: OrganizationError, advice: RetryAdvice
    ) async throws {
        let id = try #require(ServiceConnectionID(ConnectionSample.id))
        let fields = wait.isEmpty ? [] : [("retry-after", wait)]
        let url = "\(Self.endpoints)/\(ConnectionSample.id)?api-version=7.1"
        let (result, _) = try await ask(Self.exchange(url, status, fields, body: body)) {
            client throws(OrganizationError) in
            try await client.connection(id, project: "Web Shop")
        }
        #expect(throws: error) { try result.get() }
        #expect(error.retryAdvice == advice)
    }

    @Test("a list with something in it that is no connection is no answer", arguments: ["{}", "1", "null"])
    func malformedList(item: String) async throws {
        let url = "\(Self.endpoints)?type=aws&includeFailed=true&api-version=7.1"
        let (result, _) = try await ask(Self.exchange(url, body: Self.list(ConnectionSample.json(), item))) {
            client throws(OrganizationError) in
            try await client.connections(ofType: "aws", project: "Web Shop", mayManage: false)
        }
        #expect(throws: OrganizationError.malformedAnswer) { try result.get() }
    }

    @Test("no error has in it what was sent", arguments: [400, 403, 500])
    func echo(status: Int) async throws {
        let update = try #require(ServiceConnection(ConnectionSample.document()))
            .replacingAccessKey(ConnectionSample.pair)
        let basic = Data(":\(Self.pat)".utf8).base64EncodedString()
        for echoed in [ConnectionSample.secretKey, Self.pat, basic] {
            let body = JSONValue.members(["message": .text("what is \(echoed)?")]).json()
            let url = "\(Self.base)/_apis/serviceendpoint/endpoints/\(ConnectionSample.id)?api-version=7.1"
            let (result, _) = try await ask(Self.exchange(url, status, body: body, by: .put)) {
                client throws(OrganizationError) in try await client.update(update)
            }
            let expected =
                status == 403
                ? OrganizationError.forbidden(message: "what is <redacted>?")
                : .failed(status: status, message: "what is <redacted>?")
            #expect(throws: expected) { try result.get() }
        }
    }
}
