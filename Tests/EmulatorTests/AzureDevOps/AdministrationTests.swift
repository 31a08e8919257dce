import Emulator
import Foundation
import Testing

/// What Azure DevOps tells an administrator.
@Suite("Azure DevOps, for an administrator,")
struct AdministrationTests {
    private func ask(
        _ sandbox: Sandbox, _ path: String, _ authentication: [String]? = nil
    ) async throws -> Answer {
        let own = ["--user", ":\(sandbox.personalAccessToken)"]
        return try await Answer.curl(sandbox, (authentication ?? own) + ["\(sandbox.azureURL)\(path)"])
    }

    private static let connectionData = "/contoso/_apis/connectionData?api-version=7.1-preview"

    @Test("gives the organisation's id for a personal access token, and for the other tokens") func identity()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            let proper = [
                ["--user", "anybody:\(sandbox.personalAccessToken)"],
                ["-H", "Authorization: Bearer \(sandbox.entraAccessToken)"],
                ["-H", "Authorization: Bearer \(sandbox.accessToken)"],
            ]
            for authentication in proper {
                let answer = try await ask(sandbox, Self.connectionData, authentication)
                #expect(answer.status == 200)
                #expect(try answer.json()["instanceId"] as? String == sandbox.azure.organizationID)
                let user = try answer.json()["authenticatedUser"] as? [String: Any]
                #expect(user?["providerDisplayName"] as? String == "Administrator")
            }
            #expect(sandbox.log.count("connectionData") == 3)
            #expect(try await ask(sandbox, "/CONTOSO/_APIS/ConnectionData?api-version=7.1-preview").status == 200)
            #expect(sandbox.personalAccessToken.wholeMatch(of: /.{76}AZDO.{4}/) != nil)
            for token in [sandbox.personalAccessToken, sandbox.entraAccessToken] {
                #expect(sandbox.canaries.contains(token))
                #expect(sandbox.log.records.allSatisfy { !$0.jsonLine.contains(token) })
            }
        }
    }

    @Test("sends away whoever has no token or a wrong one, and names the tenant, not the organisation") func strangers()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            let pat = sandbox.personalAccessToken
            let suppressed = ["-H", "X-TFS-FedAuthRedirect: Suppress"]
            let cases: [([String], Int)] = [
                ([], 302), (suppressed, 401), (["--user", ":wrong"], 401), (["--user", "\(pat):"], 401),
                (["-H", "Authorization: Bearer \(pat)"], 401), (["-H", "Authorization: Basic \(pat)"], 401),
                (["-H", "Authorization: \(pat)"], 401),
            ]
            for (authentication, status) in cases {
                for path in [Self.connectionData, "/contoso/_apis/projects/Web%20Shop?api-version=7.1"] {
                    let answer = try await ask(sandbox, path, authentication)
                    #expect(answer.status == status)
                    #expect(answer.fields["x-vss-resourcetenant"] == sandbox.azure.tenantID)
                    #expect(
                        answer.fields["www-authenticate"]?.hasPrefix(
                            "Bearer authorization_uri=https://login.microsoftonline.com/\(sandbox.azure.tenantID)")
                            == true)
                    #expect(answer.body.isEmpty)
                    #expect(status == 401 || answer.fields["location"]?.hasPrefix("/_signin") == true)
                }
            }
        }
    }

    @Test("gives a project by name and by id") func project() async throws {
        try await Sandbox.with { sandbox async throws in
            for name in ["Web%20Shop", "web%20shop", sandbox.azure.projectID] {
                let answer = try await ask(sandbox, "/contoso/_apis/projects/\(name)?api-version=7.1")
                #expect(answer.status == 200)
                #expect(try answer.json()["id"] as? String == sandbox.azure.projectID)
                #expect(try answer.json()["name"] as? String == "Web Shop")
            }
        }
    }

    @Test(
        "refuses what it does not know",
        arguments: [
            ("/fabrikam/_apis/connectionData?api-version=7.1-preview", 404, "cannot be found"),
            ("/contoso/_apis/connectionData", 400, "No api-version was supplied"),
            ("/contoso/_apis/connectionData?api-version=7.1", 400, "is under preview"),
            ("/contoso/_apis/connectionData?api-version=9.0-preview", 400, "is out of range"),
            (
                "/contoso/_apis/projects/Other?api-version=7.1", 404,
                "TF200016: The following project does not exist: Other."
            ),
            ("/fabrikam/_apis/projects/Web%20Shop?api-version=7.1", 404, "cannot be found"),
            ("/contoso/_apis/teams?api-version=7.1", 404, "cannot be found"),
        ])
    func unknown(path: String, status: Int, text: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await ask(sandbox, path)
            #expect(answer.status == status)
            #expect(answer.body.contains(text), "\(answer.body)")
        }
    }

    @Test("publishes the issuer of the organisation, for whoever asks") func discovery() async throws {
        try await Sandbox.with { sandbox async throws in
            let path = "/\(sandbox.azure.organizationID)/.well-known/openid-configuration"
            let answer = try await ask(sandbox, path, [])
            #expect(answer.status == 200)
            #expect(try answer.json()["issuer"] as? String == sandbox.azure.issuer)
            let other = "/11111111-0000-0000-0000-000000000000/.well-known/openid-configuration"
            #expect(try await ask(sandbox, other, []).status == 404)
        }
    }
}
