import Emulator
import Testing

@Suite("A fault rule")
struct FaultRuleTests {
    @Test(
        "is read from OPERATION=KIND:COUNT",
        arguments: [
            ("oidctoken=reset", "oidctoken", "reset", 1 as Int?),
            ("oidctoken=throttled:2", "oidctoken", "status-429", 2),
            ("AssumeRole=Throttling:always", "AssumeRole", "status-400", nil),
            ("GetCallerIdentity=delay-40ms", "GetCallerIdentity", "delay", 1),
            ("jwks=status-503", "jwks", "status-503", 1), ("aws-connection=silence", "aws-connection", "silence", 1),
            ("CreateRole=hang-after@3", "CreateRole", "hang-after", 1), ("write=hang-before", "write", "silence", 1),
            ("serviceendpoint-put=throttled", "serviceendpoint-put", "status-429", 1),
            ("call=reset@9", "call", "reset", 1), ("slack=no_service", "slack", "status-404", 1),
            ("hooks-connection=reset", "hooks-connection", "reset", 1),
        ])
    func reads(text: String, operation: String, name: String, times: Int?) throws {
        let rule = try FaultRule(text)
        #expect(rule.operation == operation)
        #expect(rule.fault.name == name)
        #expect(rule.times == times)
    }

    @Test(
        "says whether the operation that it meets fails ever after",
        arguments: [("write=reset", false), ("call=reset:same@2", true)])
    func sticks(text: String, sticks: Bool) throws {
        #expect(try FaultRule(text).sticks == sticks)
        #expect(try FaultRule(text).times == 1)
    }

    @Test("says which request is the first it meets", arguments: [("jwks=reset", 0), ("jwks=reset:2@3", 2)])
    func passing(text: String, passing: Int) throws {
        #expect(try FaultRule(text).passing == passing)
    }

    @Test(
        "says what it could have been",
        arguments: [
            ("oidctoken", "is not OPERATION=KIND"), ("token=reset", "oidctoken"), ("oidctoken=broken", "throttled"),
            ("AssumeRole=throttled", "Throttling"), ("oidctoken=reset:0", "always"),
            ("azure-connection=truncated-body", "reset, garbage, silence"), ("jwks=delay-1h", "delay-DURATION"),
            ("CreateRole=reset@0", "a number above 0"), ("serviceendpoint-put=Throttling", "throttled"),
            ("call=sign-in-page", "AccessDenied"), ("webhook=no_service", "status-CODE"),
            ("CreateUser=reset", "CreateRole"),
        ])
    func refuses(text: String, reason: String) {
        #expect {
            try FaultRule(text)
        } throws: { error in
            "\(error)".contains(reason)
        }
    }

    @Test("has a kind for everything that can be planned")
    func complete() throws {
        for kind in FaultRule.tokenKinds { _ = try FaultRule("oidctoken=\(kind)") }
        for kind in FaultRule.awsKinds {
            for operation in [
                "AssumeRoleWithWebIdentity", "CreateRole", "ListAccounts", "PutSecretValue", "GetParameter", "write",
                "call",
            ] {
                _ = try FaultRule("\(operation)=\(kind)")
            }
        }
        for kind in FaultRule.azureKinds { _ = try FaultRule("serviceendpoint-get=\(kind)") }
        for kind in FaultRule.slackKinds { _ = try FaultRule("slack=\(kind)") }
    }
}
