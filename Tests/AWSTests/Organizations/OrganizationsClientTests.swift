import Domain
import TestSupport
import Testing

@testable import AWS

@Suite struct OrganizationsClientTests {
    private func page(_ exchange: StubHTTPClient.Exchange, after token: String?) async throws -> AccountList {
        let endpoint = try EndpointRules.endpoint(for: .organizations, in: Region("eu-west-1"))
        return try await StubHTTPClient.expecting([exchange]) { http in
            try await OrganizationsClient(TestValues.session(http), endpoint: endpoint).accounts(after: token)
        }
    }

    @Test("a page is asked for in the service's protocol, and read", arguments: [nil, "next\"page"])
    func page(token: String?) async throws {
        let body: Secret = """
            {"Accounts": [{"Id": "111122223333", "Name": "Ünit", "Status": "ACTIVE", "Arn": "x"},
                          {"Id": "444455556666", "Status": "SUSPENDED"}], "NextToken": "more"}
            """
        let list = try await page(
            .answer(200, body) { request in
                #expect(request.values("X-Amz-Target") == ["AWSOrganizationsV20161128.ListAccounts"])
                #expect(request.values("Content-Type") == ["application/x-amz-json-1.1"])
                #expect(request.body.exposedText == (token == nil ? "{}" : #"{"NextToken":"next\"page"}"#))
                #expect(request.url.text == "https://organizations.us-east-1.amazonaws.com/")
            }, after: token)
        #expect(list.nextToken == "more")
        #expect(
            list.accounts == [
                MemberAccount(id: "111122223333", name: "Ünit", status: "ACTIVE"),
                MemberAccount(id: "444455556666", status: "SUSPENDED"),
            ])
        #expect(list.accounts.map(\.isActive) == [true, false])
    }

    @Test("what is no list of accounts is no answer", arguments: ["", "{}", #"{"Accounts": [{"Id": "12"}]}"#])
    func malformed(body: String) async {
        let error = AWSError.malformedAnswer(
            TestValues.call(.organizations, "ListAccounts", on: "*"), reason: "it is no list of accounts")
        await #expect(throws: error) { try await page(.answer(200, Secret(body)), after: nil) }
    }
}
