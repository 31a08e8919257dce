import Domain
import TestSupport
import Testing

@testable import AzureDevOps

@Suite struct OrganizationClientTests {
    private static let base = "https://dev.azure.com/contoso"
    private static let id = "0CA3DDD9-F0B0-4635-A98C-5866526961B6"
    private let limits = HTTPLimits(total: .seconds(10))

    private func ask(
        _ status: Int, _ fields: [(name: String, value: String)] = [], body: Secret = "",
        credential: AzureDevOpsCredential = .personalAccessToken("pat")
    ) async throws -> (Result<String, OrganizationError>, [HTTPRequest]) {
        var result = Result<String, OrganizationError>.failure(.malformedAnswer)
        let url = "\(Self.base)/_apis/connectionData?api-version=7.1-preview"
        let answer = HTTPResponse(status: status, fields: fields, body: body)
        let sent = try await StubHTTPClient.expecting([
            StubHTTPClient.Exchange(.get, url, answer: .success(answer))
        ]) { http in
            let client = OrganizationClient(
                http: http, organization: try HTTPURL(Self.base), retrier: { .once() })
            do throws(OrganizationError) {
                result = .success(try await client.organizationID(credential))
            } catch {
                result = .failure(error)
            }
            return http.sent
        }
        return (result, sent)
    }

    @Test("the GUID is the connection data's, in lower case")
    func organizationID() async throws {
        let (result, sent) = try await ask(200, body: Secret(#"{"instanceId": "\#(Self.id)", "other": 1}"#))
        #expect(try result.get() == Self.id.lowercased())
        #expect(sent.first?.fields.first { $0.name == "Authorization" }?.value.exposedText == "Basic OnBhdA==")
        let (_, bearing) = try await ask(401, credential: .bearer("token"))
        #expect(bearing.first?.fields.first { $0.name == "Authorization" }?.value.exposedText == "Bearer token")
    }

    @Test(
        "refusals and failures",
        arguments: [
            (302, "", OrganizationError.credentialRefused), (203, "<html>", .credentialRefused),
            (401, "", .credentialRefused), (403, "", .forbidden(message: nil)), (404, "", .notFound),
            (429, "", .throttled(after: nil)),
            (503, "", .failed(status: 503, message: nil)), (200, "<html>", .malformedAnswer),
            (200, "{}", .malformedAnswer),
            (200, #"{"instanceId": "contoso"}"#, .malformedAnswer),
        ])
    func failures(status: Int, body: String, error: OrganizationError) async throws {
        let (result, _) = try await ask(status, body: Secret(body))
        #expect(throws: error) { try result.get() }
    }

    @Test("the tenant is taken from the answer to nobody, and all zeros are none")
    func tenant() async throws {
        for (value, expected) in [
            ("72F988BF-86F1-41AF-91AB-2D7CD011DB47", "72f988bf-86f1-41af-91ab-2d7cd011db47"),
            ("00000000-0000-0000-0000-000000000000", nil), ("contoso", nil),
        ] {
            let answer = HTTPResponse(status: 401, fields: [("x-vss-resourcetenant", value)], body: "")
            try await StubHTTPClient.expecting([
                StubHTTPClient.Exchange(
                    .get, "\(Self.base)/_apis/connectionData", answer: .success(answer))
            ]) { http in
                let client = OrganizationClient(
                    http: http, organization: try HTTPURL(Self.base), retrier: { .once() })
                #expect(await client.tenantID(limits: limits) == expected)
            }
        }
    }

    @Test("a project's name is one part of the path")
    func project() async throws {
        for (status, expected) in [(200, true), (404, false)] {
            let answer = HTTPResponse(status: status, fields: [], body: "{}")
            try await StubHTTPClient.expecting([
                StubHTTPClient.Exchange(
                    .get, "\(Self.base)/_apis/projects/Web%20Shop%2F1?api-version=7.1",
                    answer: .success(answer))
            ]) { http in
                let client = OrganizationClient(
                    http: http, organization: try HTTPURL(Self.base), retrier: { .once() })
                #expect(try await client.hasProject("Web Shop/1", .bearer("t")) == expected)
            }
        }
    }

    @Test("the credential in the environment")
    func credential() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJpIiwic3ViIjoicyIsImF1ZCI6ImEiLCJleHAiOjF9.c2ln"
        let cases: [([String: String], String?)] = [
            ([:], nil), (["AZURE_DEVOPS_EXT_PAT": " "], nil), (["AZURE_DEVOPS_EXT_PAT": "pat\n"], "Basic OnBhdA=="),
            (["AZURE_DEVOPS_EXT_PAT": jwt], "Bearer \(jwt)"), (["SYSTEM_ACCESSTOKEN": "t"], "Bearer t"),
            (["AZURE_DEVOPS_EXT_PAT": "pat", "SYSTEM_ACCESSTOKEN": "t"], "Basic OnBhdA=="),
            (["SYSTEM_ACCESSTOKEN": "$(System.AccessToken)"], nil),
        ]
        for (variables, expected) in cases {
            #expect(AzureDevOpsCredential(variables)?.authorization.exposedText == expected, "\(variables.keys)")
        }
    }

    @Test("the credential in a file or a parameter")
    func contents() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJpIiwic3ViIjoicyIsImF1ZCI6ImEiLCJleHAiOjF9.c2ln"
        let cases: [(String, String?)] = [
            ("", nil), (" \r\n", nil), ("pat\n", "Basic OnBhdA=="), ("\n\(jwt)\r\n", "Bearer \(jwt)"),
        ]
        for (text, expected) in cases {
            #expect(AzureDevOpsCredential(contents: Secret(text))?.authorization.exposedText == expected)
        }
    }
}
