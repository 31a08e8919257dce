import Domain
import TestSupport
import Testing

@testable import AzureDevOps

@Suite("Asking Azure DevOps for a token")
struct OIDCTokenClientTests {
    private static let accessToken = ServiceAnswer.accessToken
    private static let minted = ServiceAnswer.minted

    private static func wrapped(_ message: String) -> String { ServiceAnswer.wrapped(message) }

    private let base = "https://dev.azure.com/contoso/oidctoken"

    private var plainURL: String { "\(base)?api-version=7.1" }
    private var connectionURL: String { "\(plainURL)&serviceConnectionId=\(ServiceAnswer.connection)" }

    /// Asks once, for a connection's token unless told otherwise.
    private func ask(
        _ client: StubHTTPClient, forConnection: Bool = true, accessToken: Secret = Secret(accessToken)
    ) async throws -> String {
        let endpoint = try OIDCTokenEndpoint(AgentEnvironment(["SYSTEM_OIDCREQUESTURI": base]))
        let connection = try #require(ServiceConnectionID(ServiceAnswer.connection))
        return try await OIDCTokenClient(http: client, retrier: .once()).requestToken(
            from: endpoint, serviceConnection: forConnection ? connection : nil, accessToken: accessToken
        ).exposedText
    }

    /// Asks once and returns the error.
    private func refusal(_ answer: ServiceAnswer) async throws -> OIDCTokenError? {
        var refusal: OIDCTokenError?
        let exchange = StubHTTPClient.Exchange.post(
            answer.forConnection ? connectionURL : plainURL, status: answer.status, answer.fields, body: answer.body)
        await StubHTTPClient.expecting([exchange]) { client in
            refusal = await #expect(throws: OIDCTokenError.self) {
                try await ask(client, forConnection: answer.forConnection)
            }
        }
        return refusal
    }

    // MARK: The request

    @Test("sends the headers the service wants, an empty body, and as much time as there is")
    func request() async throws {
        let sent = try await StubHTTPClient.expecting([
            .post(connectionURL, status: 200, body: #"{"oidcToken":"\#(ServiceAnswer.minted)"}"#)
        ]) { client in
            let token = try await ask(client)
            #expect(token == ServiceAnswer.minted)
            return client.sent
        }
        let request = try #require(sent.first)
        #expect(
            request.fields.map { "\($0.name): \($0.value.exposedText)" } == [
                "Authorization: Bearer \(ServiceAnswer.accessToken)", "Content-Type: application/json",
                "Accept: application/json", "X-TFS-FedAuthRedirect: Suppress",
            ])
        #expect(request.body.isEmpty)
        #expect(request.limits.total == .milliseconds(50))
    }

    @Test("asks again while that can help")
    func retries() async throws {
        let endpoint = try OIDCTokenEndpoint(AgentEnvironment(["SYSTEM_OIDCREQUESTURI": base]))
        try await StubHTTPClient.expecting([
            .post(plainURL, status: 503, body: ""), .post(plainURL, status: 429, body: ""),
            .post(plainURL, status: 200, body: #"{"oidcToken":"a.b.c"}"#),
        ]) { client in
            let token = try await OIDCTokenClient(http: client, retrier: .patient()).requestToken(
                from: endpoint, serviceConnection: nil, accessToken: "access")
            #expect(token.exposedText == "a.b.c")
        }
    }

    @Test("names no connection where the pipeline's own token is wanted")
    func pipelineToken() async throws {
        try await StubHTTPClient.expecting([.post(plainURL, status: 200, body: #"{"oidcToken":"a.b.c"}"#)]) { client in
            let token = try await ask(client, forConnection: false)
            #expect(token == "a.b.c")
        }
    }

    @Test(
        "takes the token with whatever stands around it",
        arguments: [
            #"{"oidcToken":"a.b.c"}"#, #"{ "$id":"1", "oidcToken" : "a.b.c", "extra":{"x":[1]} }"#,
            "\u{FEFF}{\"oidcToken\":\"a.b.c\"}", #"{"oidcToken":"a.b.c\n"}"#, "\r\n{\"oidcToken\":\"\\u0061.b.c\"}\r\n",
        ])
    func tokens(body: String) async throws {
        try await StubHTTPClient.expecting([.post(connectionURL, status: 200, body: Secret(body))]) { client in
            let token = try await ask(client)
            #expect(token == "a.b.c")
        }
    }

    // MARK: The preview version

    private static let preview = """
        {"$id":"1","innerException":null,"message":"The requested version \\"7.1\\" of the resource is under preview. The \
        -preview flag must be supplied in the api-version for such requests.","typeName":"x","typeKey":\
        "VssInvalidPreviewVersionException","errorCode":0,"eventId":3000}
        """

    @Test("asks again as a preview where the server calls the version one", arguments: [400, 404, 500])
    func previewVersion(status: Int) async throws {
        try await StubHTTPClient.expecting([
            .post(connectionURL, status: status, body: Secret(Self.preview)),
            .post(
                connectionURL.replacing("7.1", with: "7.1-preview.1"), status: 200, body: #"{"oidcToken":"a.b.c"}"#),
        ]) { client in
            let token = try await ask(client)
            #expect(token == "a.b.c")
        }
    }

    @Test("asks as a preview once, and reports what came of it")
    func previewRefused() async throws {
        let second = connectionURL.replacing("7.1", with: "7.1-preview.1")
        await StubHTTPClient.expecting([
            .post(connectionURL, status: 400, body: Secret(Self.preview)),
            .post(second, status: 400, body: Secret(Self.preview)),
        ]) { client in
            let error = await #expect(throws: OIDCTokenError.self) { try await ask(client) }
            guard case .unexpected(400, let message?)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(message.hasPrefix("The requested version \"7.1\""))
        }
        await StubHTTPClient.expecting([
            .post(connectionURL, status: 400, body: Secret(Self.preview)), .post(second, status: 401, body: ""),
        ]) { client in
            await #expect(throws: OIDCTokenError.accessTokenRefused(activityID: nil)) { try await ask(client) }
        }
    }

    // MARK: Answers without a token

    @Test(
        "tells apart why there is no token",
        arguments: ServiceAnswer.lasting + ServiceAnswer.ofConnections + ServiceAnswer.passing)
    func refusals(answer: ServiceAnswer) async throws {
        let error = try await refusal(answer)
        #expect(error == answer.error)
        #expect(error?.retryAdvice == answer.advice)
    }

    @Test(
        "passes on why there was no answer, and whether to try again",
        arguments: [
            (HTTPError.timedOut(host: "dev.azure.com", phase: .connect), RetryAdvice.transient),
            (.connectionLost(host: "dev.azure.com", reason: "reset"), .transient),
            (.untrusted(host: "evil.example", plainHTTP: false), .never), (.cancelled, .never),
            (.tls(host: "dev.azure.com", reason: "expired"), .never),
        ])
    func transport(error: HTTPError, advice: RetryAdvice) async throws {
        await StubHTTPClient.expecting([.post(connectionURL, .failure(error))]) { client in
            let thrown = await #expect(throws: OIDCTokenError.transport(error)) { try await ask(client) }
            #expect(thrown?.retryAdvice == advice)
        }
    }

    // MARK: Tokens in answers

    @Test(
        "keeps tokens that an answer echoes out of its errors",
        arguments: [
            wrapped("not a token: \(accessToken)"), wrapped("Bearer \(accessToken)."), "what is \(accessToken)?",
            #"{"count":1,"value":{"Message":"a \#(minted) b"}}"#,
            #"{"count":1,"value":"\#(accessToken)\#(accessToken)"}"#,
            // Cut short, spelled with escapes, with an accent on its last letter, as the stage of a connection.
            wrapped("begins \(accessToken.prefix(60))"), wrapped(accessToken.replacing("y", with: "\\u0079")),
            wrapped("\(accessToken)\u{301}"), wrapped("\u{0D4E}\(accessToken)"),
            wrapped("no explicit reference to service connection x from current stage \(accessToken)"),
            wrapped("no explicit reference to service connection x from current stage a.\(minted)."),
        ])
    func echoes(body: String) async throws {
        for status in [200, 400, 403, 404, 500] {
            let answer = ServiceAnswer(
                "echo", status, [("x-vss-e2eid", ServiceAnswer.accessToken)], body, is: .notFound)
            let error = try #require(try await refusal(answer))
            var dumped = ""
            dump(error, to: &dumped)
            for token in [ServiceAnswer.accessToken, ServiceAnswer.minted] {
                for part in token.split(separator: ".") {
                    #expect(
                        !dumped.contains(part.suffix(12)) && !dumped.contains(part.dropFirst(16)),
                        "\(status): \(dumped)")
                }
            }
        }
    }

    @Test(
        "keeps an access token of another form out of its errors",
        arguments: [
            "pat7s3cret", "s", "6vq4zm2kq7x3n5b6vq4zm2kq7x3n5b6vq4zm2kq7x3n5b6vq4zm2", "white space; and ü in it",
        ])
    func opaqueToken(token: String) async throws {
        let body = Secret(Self.wrapped("got {\(token)}"))
        await StubHTTPClient.expecting([.post(connectionURL, status: 400, body: body)]) { client in
            await #expect(throws: OIDCTokenError.unexpected(status: 400, message: "got {<redacted>}")) {
                try await ask(client, accessToken: Secret(token))
            }
        }
    }

    @Test(
        "leaves alone what only looks a little like a token",
        arguments: [
            "the keyJar is empty", "monkeyJungle", "eyJ", "eyJhbGciOi",
        ])
    func harmless(message: String) async throws {
        let answer = ServiceAnswer("", 400, [], Self.wrapped(message), is: .unexpected(status: 400, message: message))
        #expect(try await refusal(answer) == answer.error)
    }
}
