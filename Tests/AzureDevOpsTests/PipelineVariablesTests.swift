import AzureDevOps
import Domain
import Foundation
import Testing

@Suite("Credentials for later steps")
struct PipelineVariablesTests {
    private let credentials = SessionCredentials(
        accessKeyID: "ASIAEXAMPLE", secretAccessKey: "wJalr/K7M+EXAMPLE", sessionToken: "IQoJ%3B;]==",
        expiration: Date(timeIntervalSince1970: 1_795_003_600))

    private let masks = [
        "##vso[task.setsecret]ASIAEXAMPLE", "##vso[task.setsecret]wJalr/K7M+EXAMPLE",
        "##vso[task.setsecret]IQoJ%AZP253B%3B%5D==",
    ]

    private func lines(
        region: String? = "eu-west-1", toolkit: Bool = false, _ mode: PipelineVariables.Mode
    ) throws -> [String] {
        try split(PipelineVariables(credentials, region: region, includesToolkit: toolkit).lines(mode))
    }

    private func split(_ text: Secret) -> [String] {
        let text = text.exposedText
        #expect(text.hasSuffix("\n"))
        return text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("are plain variables behind masks")
    func variables() throws {
        #expect(
            try lines(.variables) == masks + [
                "##vso[task.setvariable variable=AWS_ACCESS_KEY_ID;]ASIAEXAMPLE",
                "##vso[task.setvariable variable=AWS_SECRET_ACCESS_KEY;]wJalr/K7M+EXAMPLE",
                "##vso[task.setvariable variable=AWS_SESSION_TOKEN;]IQoJ%AZP253B%3B%5D==",
                "##vso[task.setvariable variable=AWS_CREDENTIAL_EXPIRATION;]2026-11-18T12:06:40+00:00",
                "##vso[task.setvariable variable=AWS_REGION;]eu-west-1",
                "##vso[task.setvariable variable=AWS_DEFAULT_REGION;]eu-west-1",
            ])
    }

    @Test("are secret variables, and what is no secret stays plain")
    func secrets() throws {
        #expect(
            try lines(.secrets) == masks + [
                "##vso[task.setvariable variable=AWS_ACCESS_KEY_ID;issecret=true;]ASIAEXAMPLE",
                "##vso[task.setvariable variable=AWS_SECRET_ACCESS_KEY;issecret=true;]wJalr/K7M+EXAMPLE",
                "##vso[task.setvariable variable=AWS_SESSION_TOKEN;issecret=true;]IQoJ%AZP253B%3B%5D==",
                "##vso[task.setvariable variable=AWS_CREDENTIAL_EXPIRATION;]2026-11-18T12:06:40+00:00",
                "##vso[task.setvariable variable=AWS_REGION;]eu-west-1",
                "##vso[task.setvariable variable=AWS_DEFAULT_REGION;]eu-west-1",
            ])
    }

    @Test(
        "are the AWS Toolkit's variables too, which are secret in both modes",
        arguments: [
            PipelineVariables.Mode.variables, .secrets,
        ])
    func toolkit(mode: PipelineVariables.Mode) throws {
        #expect(
            try lines(toolkit: true, mode) == lines(mode) + [
                "##vso[task.setvariable variable=AWS.AccessKeyID;issecret=true;]ASIAEXAMPLE",
                "##vso[task.setvariable variable=AWS.SecretAccessKey;issecret=true;]wJalr/K7M+EXAMPLE",
                "##vso[task.setvariable variable=AWS.SessionToken;issecret=true;]IQoJ%AZP253B%3B%5D==",
                "##vso[task.setvariable variable=AWS.Region;]eu-west-1",
            ])
    }

    @Test("name no region where none is known")
    func noRegion() throws {
        #expect(
            try lines(region: nil, toolkit: true, .variables).allSatisfy {
                !$0.localizedCaseInsensitiveContains("region")
            })
    }

    @Test(
        "are masked before any line carries one of them",
        arguments: [
            (PipelineVariables.Mode.variables, true), (.secrets, true), (.variables, false), (.secrets, false),
        ])
    func order(mode: PipelineVariables.Mode, toolkit: Bool) throws {
        let commands = try lines(toolkit: toolkit, mode).map { try #require(AgentLine($0)) }
        let events = commands.map(\.event)
        let lastMask = try #require(events.lastIndex(of: "setsecret"))
        let firstValue = try #require(events.firstIndex(of: "setvariable"))
        #expect(lastMask < firstValue)
        let masked = Set(commands.filter { $0.event == "setsecret" }.map(\.data))
        #expect(masked == ["ASIAEXAMPLE", "wJalr/K7M+EXAMPLE", "IQoJ%3B;]=="])
    }

    @Test("are a file and a profile, with masks for whoever prints the file")
    func file() throws {
        let variables = PipelineVariables(credentials, region: "eu-west-1", includesToolkit: false)
        #expect(
            split(try variables.lines(forFile: "/agent/_temp/keyless;credentials", profile: "keyless")) == masks + [
                "##vso[task.setvariable variable=AWS_SHARED_CREDENTIALS_FILE;]/agent/_temp/keyless%3Bcredentials",
                "##vso[task.setvariable variable=AWS_PROFILE;]keyless",
                "##vso[task.setvariable variable=AWS_REGION;]eu-west-1",
                "##vso[task.setvariable variable=AWS_DEFAULT_REGION;]eu-west-1",
            ])
    }

    @Test("are not printed at all where one of them has a line end", arguments: ["a\nb", "a\r"])
    func lineEnd(token: String) {
        let credentials = SessionCredentials(
            accessKeyID: "ASIAEXAMPLE", secretAccessKey: "s", sessionToken: Secret(token), expiration: nil)
        let variables = PipelineVariables(credentials, region: nil, includesToolkit: true)
        for mode in [PipelineVariables.Mode.variables, .secrets] {
            #expect(throws: LoggingCommand.Failure.lineEnd(variable: "AWS_SESSION_TOKEN")) { try variables.lines(mode) }
        }
    }

    @Test("that only lead to credentials are set and set to nothing")
    func paths() throws {
        let variable = EnvironmentVariable(name: "A_FILE", value: "/a;b%3B", isSecret: false)
        #expect(
            try split(PipelineVariables.lines(setting: [variable], blanking: ["AWS_ACCESS_KEY_ID"])) == [
                "##vso[task.setvariable variable=AWS_ACCESS_KEY_ID;]",
                "##vso[task.setvariable variable=A_FILE;]/a%3Bb%AZP253B",
            ])
        let broken = EnvironmentVariable(name: "A_FILE", value: "/a\nb", isSecret: false)
        #expect(throws: LoggingCommand.Failure.lineEnd(variable: "A_FILE")) {
            try PipelineVariables.lines(setting: [broken], blanking: [])
        }
    }
}
