import AzureDevOps
import Domain
import Testing

@Suite("The agent's environment")
struct AgentEnvironmentTests {
    @Test(
        "is a pipeline's where TF_BUILD says so",
        arguments: [
            ("True", true), ("true", true), ("TRUE", true), ("", false), ("False", false), ("1", false), (nil, false),
        ] as [(String?, Bool)])
    func isPipeline(value: String?, expected: Bool) {
        #expect(AgentEnvironment(value.map { ["TF_BUILD": $0] } ?? [:]).isPipeline == expected)
    }

    private static let fallback = "ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN"

    @Test(
        "has the access token under its own name, or under the one tasks have it by",
        arguments: [
            ["SYSTEM_ACCESSTOKEN": "token"], ["SYSTEM_ACCESSTOKEN": " token\r\n"], [fallback: "token"],
            ["SYSTEM_ACCESSTOKEN": "", fallback: "token"], ["SYSTEM_ACCESSTOKEN": " ", fallback: "token"],
            ["SYSTEM_ACCESSTOKEN": "$(System.AccessToken)", fallback: "token"],
            ["SYSTEM_ACCESSTOKEN": "token", fallback: "other"],
        ])
    func mapped(variables: [String: String]) throws {
        guard case .mapped(let token) = AgentEnvironment(variables).accessToken else {
            Issue.record("no token in \(variables)")
            return
        }
        #expect(token.exposedText == "token")
    }

    @Test(
        "has no access token where nobody mapped it",
        arguments: [
            [:], ["SYSTEM_ACCESSTOKEN": ""], ["SYSTEM_ACCESSTOKEN": " \n", fallback: ""],
        ] as [[String: String]])
    func notMapped(variables: [String: String]) {
        guard case .notMapped = AgentEnvironment(variables).accessToken else {
            Issue.record("found a token in \(variables)")
            return
        }
    }

    @Test(
        "has the macro itself where the agent did not replace it",
        arguments: [
            "$(System.AccessToken)", "$(system.accesstoken)", " $(System.AccessToken) ", "Bearer $(System.AccessToken)",
        ])
    func literalMacro(text: String) {
        guard case .literalMacro = AgentEnvironment(["SYSTEM_ACCESSTOKEN": text]).accessToken else {
            Issue.record("took the macro for a token")
            return
        }
    }

    @Test("names the pipeline and the run, in classic releases too")
    func names() {
        let build = ["BUILD_DEFINITIONNAME": "deploy", "BUILD_BUILDID": "1042"]
        let release = ["RELEASE_DEFINITIONNAME": "ship", "RELEASE_RELEASEID": "9"]
        #expect(AgentEnvironment(build).pipelineName == "deploy")
        #expect(AgentEnvironment(build).buildID == "1042")
        #expect(AgentEnvironment(release).pipelineName == "ship")
        #expect(AgentEnvironment(release).buildID == "9")
        #expect(AgentEnvironment(build.merging(release) { first, _ in first }).pipelineName == "deploy")
        #expect(AgentEnvironment(["BUILD_BUILDID": ""]).buildID == nil)
    }

    @Test("never shows the access token in print")
    func printing() {
        let agent = AgentEnvironment(["SYSTEM_ACCESSTOKEN": "hunter2"])
        #expect(!"\(agent.accessToken)".contains("hunter2"))
    }
}
