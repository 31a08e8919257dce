import Emulator
import Foundation
import Testing

@Suite("oidctoken")
struct TokenRequestTests {
    @Test("gives a proper client the token of its service connection") func connection() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.askForToken("?api-version=7.1&serviceConnectionId=\(Sandbox.connectionID)")
            #expect(answer.status == 200)
            #expect(answer.fields["x-vss-e2eid"] != nil)
            let token = try #require(try answer.json()["oidcToken"] as? String)
            let claims = try claims(token)
            #expect(claims["sub"] as? String == "sc://contoso/Web Shop/aws-prod")
            #expect(sandbox.log.count("oidctoken") == 1)
        }
    }

    @Test("gives the pipeline's token where no connection is named") func pipeline() async throws {
        try await Sandbox.with { sandbox async throws in
            let claims = try claims(try await sandbox.token(connection: nil))
            #expect(claims["sub"] as? String == "p://contoso/Web Shop/deploy")
        }
    }

    @Test("gives the pipeline's token where a name is sent for the GUID, without a word") func name() async throws {
        try await Sandbox.with { sandbox async throws in
            let claims = try claims(try await sandbox.token(connection: "aws-prod"))
            #expect(claims["sub"] as? String == "p://contoso/Web Shop/deploy")
        }
    }

    @Test("takes {} for a body, and the preview's version") func otherClients() async throws {
        try await Sandbox.with { sandbox async throws in
            let withBody = ["-H", "Content-Type: application/json; charset=utf-8", "-d", "{}"]
            #expect(try await sandbox.askForToken(extra: withBody).status == 200)
            #expect(try await sandbox.askForToken("?api-version=7.1-preview.1").status == 200)
        }
    }

    @Test("answers a wrong access token with 401 and JSON, where redirects are suppressed") func suppressed()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.askForToken(token: "wrong")
            #expect(answer.status == 401)
            #expect((try answer.json()["message"] as? String)?.hasPrefix("TF400813: ") == true)
        }
    }

    @Test("sends it to the sign-in page where they are not") func redirected() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.askForToken(token: "wrong", suppress: false)
            #expect(answer.status == 302)
            #expect(answer.fields["location"]?.hasPrefix("/_signin") == true)
            let followed = try await Answer.curl(sandbox, [sandbox.azureURL + "/_signin"])
            #expect(followed.status == 203)
            #expect(followed.body.contains("Sign In"))
        }
    }

    @Test("answers other methods with 405") func method() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.askForToken(method: "GET")
            #expect(answer.status == 405)
            #expect(answer.body.contains("The requested resource does not support http method 'GET'."))
        }
    }

    @Test("wants a length, a version, and JSON by that name") func framing() async throws {
        try await Sandbox.with { sandbox async throws in
            #expect(try await sandbox.askForToken(extra: ["-H", "Content-Length:"]).status == 411)
            let unversioned = try await sandbox.askForToken("")
            #expect(unversioned.status == 400)
            #expect(unversioned.body.contains(#""typeKey":"VssVersionNotSpecifiedException""#))
            #expect(
                try await sandbox.askForToken("?api-version=9.9").body.contains("VssVersionOutOfRangeException"))
            #expect(try await sandbox.askForToken(extra: ["-d", "{}"]).status == 415)
            let list = ["-H", "Content-Type: application/json", "-d", "[]"]
            #expect(try await sandbox.askForToken(extra: list).status == 400)
            #expect(sandbox.canaries.filter { $0.hasPrefix("ey") }.isEmpty)
        }
    }

    @Test("knows one job only") func otherJob() async throws {
        try await Sandbox.with { sandbox async throws in
            let path = "/contoso/other/_apis/distributedtask/hubs/build/plans/x/jobs/y/oidctoken"
            let answer = try await sandbox.askForToken(path: path)
            #expect(answer.status == 404)
            #expect(answer.body.isEmpty)
        }
    }

    @Test("refuses connections it does not know, or that the job does not name") func connections() async throws {
        try await Sandbox.with { sandbox async throws in
            let id = "00000000-1111-2222-3333-444444444444"
            let unknown = try await sandbox.askForToken("?api-version=7.1&serviceConnectionId=\(id)")
            #expect(unknown.status == 404)
            #expect(unknown.body == "No service connection found with identifier \(id)")
            let forgotten = sandbox.azure.connections[1].id
            let refused = try await sandbox.askForToken("?api-version=7.1&serviceConnectionId=\(forgotten)")
            #expect(refused.status == 400)
            let text = try refused.json()["value"] as? String
            #expect(
                text
                    == "There is no explicit reference to service connection \(forgotten) from current stage "
                    + "Production.Publish.__default.")
        }
    }

    @Test("asks for the preview's version where it is an old server") func preview() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0.wantsPreviewVersion = true }
            let answer = try await sandbox.askForToken()
            #expect(answer.status == 400)
            #expect(try answer.json()["typeKey"] as? String == "VssInvalidPreviewVersionException")
            #expect(try await sandbox.askForToken("?api-version=7.1-preview.1").status == 200)
        }
    }

    @Test("fails in every way planned, once", arguments: TokenFailure.allCases)
    func failures(failure: TokenFailure) async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(failure.fault, to: "oidctoken")
            let answer = try await sandbox.askForToken()
            #expect(answer.status == Self.statuses[failure])
            #expect(answer.fields["retry-after"] == (failure == .throttled ? "1" : nil))
            #expect(answer.body.hasPrefix("\u{FEFF}") == failure.rawValue.hasSuffix("byte-order-mark"))
            if ![.byteOrderMark, .nullToken, .oversized].contains(failure) {
                #expect(!answer.body.contains("oidcToken"))
            }
            #expect(try await sandbox.askForToken().status == 200)
        }
    }

    private static let statuses: [TokenFailure: Int] = [
        .unauthorized: 401, .signInRedirect: 302, .signInPage: 203, .previewVersion: 400, .methodNotAllowed: 405,
        .unknownConnection: 404, .unreferencedConnection: 400, .notFound: 404, .throttled: 429, .serverError: 500,
        .unavailable: 503, .emptyBody: 200, .html: 200, .missingToken: 200, .nullToken: 200, .oversized: 200,
        .byteOrderMark: 200, .unauthorizedByteOrderMark: 401,
    ]
}

/// The claims of a token, nothing checked.
func claims(_ token: String) throws -> [String: Any] {
    let parts = token.split(separator: ".")
    var text = try #require(parts.count == 3 ? String(parts[1]) : nil)
        .replacing("-", with: "+").replacing("_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    let data = try #require(Data(base64Encoded: text))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
}
