import Domain
import Testing

@Suite("A trust policy's evaluation")
struct TrustEvaluationTests {
    private static let issuer = "vstoken.dev.azure.com/6f1c"
    private static let provider = "arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/6f1c"
    private static let keys = "the keys for this token are \(issuer):aud and \(issuer):sub"

    private let context = TrustContext.webIdentity(
        provider: provider, issuerPath: issuer, audience: "api://AzureADTokenExchange",
        subject: "sc://contoso/Web Shop/aws-prod", sessionName: "azp-1")

    /// The evaluation of a policy of these statements; `~` in them is the issuer.
    private func evaluate(_ statements: String..., version: String = "2012-10-17") throws -> TrustEvaluation {
        let text = #"{"Version": "\#(version)", "Statement": [\#(statements.joined(separator: ","))]}"#
        return TrustEvaluation(of: try PolicyDocument(text.replacing("~", with: Self.issuer)), context)
    }

    private func statement(
        _ condition: String = "{}", effect: String = "Allow", sid: String = "Azure",
        principal: String = #""Principal": {"Federated": "\#(provider)"}"#,
        action: String = #""Action": "sts:AssumeRoleWithWebIdentity""#
    ) -> String {
        #"{"Sid": "\#(sid)", "Effect": "\#(effect)", \#(principal), \#(action), "Condition": \#(condition)}"#
    }

    @Test("accepts what setup-provider writes") func own() throws {
        let subject = try SubjectPattern.serviceConnection("aws-prod", project: "Web Shop", organization: "contoso")
        let statement = TrustStatement(
            providerARN: Self.provider, issuerPath: Self.issuer, audiences: ["api://AzureADTokenExchange"],
            subjects: [subject])
        let evaluation = TrustEvaluation(of: PolicyDocument(statements: [statement.json]), context)
        #expect(evaluation.outcome == .allowed)
        #expect(evaluation.reasons == [#"statement "KeylessAzurePipelines" allows it"#])
    }

    @Test(
        "says which condition fails, and what was overlooked",
        arguments: [
            (
                #"{"StringEquals": {"~:sub": "sc://contoso/Web Shop/aws-test"}}"#,
                #"StringEquals wants ~:sub to be "sc://contoso/Web Shop/aws-test", and it is "SUB""#
            ),
            (
                #"{"StringEquals": {"~:sub": ["a", "sc://Contoso/Web Shop/aws-prod"]}}"#,
                #"StringEquals wants ~:sub to be "a" or "sc://Contoso/Web Shop/aws-prod", and it is "SUB": "#
                    + "they differ in upper and lower case alone"
            ),
            (
                #"{"StringEquals": {"~:sub": "sc://contoso/*"}}"#,
                #"StringEquals wants ~:sub to be "sc://contoso/*", and it is "SUB": "#
                    + "StringEquals takes * and ? as they are, StringLike would not"
            ),
            (
                #"{"StringLike": {"~:sub": "SC://contoso/*"}}"#,
                #"StringLike wants ~:sub to be "SC://contoso/*", and it is "SUB": they differ in upper and lower case"#
            ),
            (
                #"{"StringEquals": {"~:sub": "sc://contoso/WebShop/aws-prod"}}"#,
                #"StringEquals wants ~:sub to be "sc://contoso/WebShop/aws-prod", and it is "SUB": "#
                    + "they differ in white space alone"
            ),
            (
                #"{"StringEquals": {"https://~:sub": "a"}}"#,
                #"StringEquals wants https://~:sub to be "a", and a key has no https://; KEYS"#
            ),
            (
                #"{"StringEquals": {"~/:sub": "a"}}"#,
                #"StringEquals wants ~/:sub to be "a", and of this token AWS has no such key, "#
                    + "whatever claims are in it; KEYS"
            ),
            (
                #"{"StringEquals": {"token.actions.githubusercontent.com:sub": "a"}}"#,
                #"StringEquals wants token.actions.githubusercontent.com:sub to be "a", and the token has no such "#
                    + "key; KEYS"
            ),
            (#"{"Null": {"~:sub": "true"}}"#, #"Null wants ~:sub to be "true", and it has one: "SUB""#),
            (#"{"Null": {"~:amr": "false"}}"#, #"Null wants ~:amr to be "false", and it has no value"#),
            (
                #"{"StringNotLike": {"~:sub": "sc://*"}}"#,
                #"StringNotLike wants ~:sub to be "sc://*", and it is "SUB""#
            ),
            (
                #"{"StringLike": {"sts:RoleSessionName": "ado-*"}, "Bool": {"aws:SecureTransport": "false"}}"#,
                #"Bool wants aws:SecureTransport to be "false", and it is "true"; "#
                    + #"StringLike wants sts:RoleSessionName to be "ado-*", and it is "azp-1""#
            ),
        ])
    func failures(condition: String, words: String) throws {
        let evaluation = try evaluate(statement(condition))
        #expect(evaluation.outcome == .denied)
        let expected = words.replacing("KEYS", with: Self.keys).replacing("~", with: Self.issuer)
            .replacing("SUB", with: "sc://contoso/Web Shop/aws-prod")
        #expect(evaluation.reasons == [#"statement "Azure" does not allow it: \#(expected)"#])
    }

    @Test("says whom a statement is for, and what about") func others() throws {
        let other = #""Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/other"}"#
        #expect(
            try evaluate(statement(principal: other)).reasons == [
                #"statement "Azure" does not allow it: it is for arn:aws:iam::111122223333:oidc-provider/other, and "#
                    + "the token's provider is \(Self.provider)"
            ])
        #expect(
            try evaluate(statement(action: #""Action": ["sts:AssumeRole", "sts:TagSession"]"#)).reasons == [
                #"statement "Azure" does not allow it: it is about "sts:AssumeRole" or "sts:TagSession", and not about "#
                    + "sts:AssumeRoleWithWebIdentity"
            ])
        #expect(
            try evaluate(statement(action: #""NotAction": "sts:*""#)).reasons == [
                #"statement "Azure" does not allow it: it is about all actions but "sts:*", and not about "#
                    + "sts:AssumeRoleWithWebIdentity"
            ])
        #expect(try evaluate().reasons == ["no statement of the policy allows anything"])
    }

    @Test("knows the forms of a principal")
    func principals() throws {
        let cases: [(String, TrustEvaluation.Outcome)] = [
            (#""Principal": "*""#, .allowed), (#""Principal": {"AWS": "*"}"#, .allowed),
            (#""Principal": {"AWS": "111122223333"}"#, .denied), (#""Principal": {"Federated": "*"}"#, .undetermined),
            (#""Principal": {"Federated": ["a", "\#(Self.provider)"]}"#, .allowed),
            (#""Principal": {"Federated": "\#(Self.provider.uppercased())"}"#, .denied),
            (#""Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/*"}"#, .denied),
            (#""NotPrincipal": {"Federated": "\#(Self.provider)"}"#, .denied),
            (#""NotPrincipal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/other"}"#, .allowed),
        ]
        for (principal, outcome) in cases {
            #expect(try evaluate(statement(principal: principal)).outcome == outcome, "\(principal)")
        }
    }

    @Test("lets a denial go before all else, where it is certain") func denials() throws {
        let denial = statement(#"{"StringLike": {"~:sub": "sc://*"}}"#, effect: "Deny", sid: "No")
        let evaluation = try evaluate(statement(), denial)
        #expect(evaluation.outcome == .denied)
        #expect(
            evaluation.reasons
                == [#"statement "No" denies it: all it asks for is so (StringLike on \#(Self.issuer):sub)"#])
        #expect(try evaluate(denial, statement()).outcome == .denied)
        #expect(
            try evaluate(statement(), statement(#"{"StringEquals": {"~:sub": "a"}}"#, effect: "Deny")).outcome
                == .allowed)
    }

    @Test("leaves open what only the call shows") func undetermined() throws {
        let address = #"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#
        let allowing = try evaluate(statement(address))
        #expect(allowing.outcome == .undetermined)
        #expect(allowing.unknownKeys == ["aws:SourceIp"])
        #expect(
            allowing.reasons == [
                #"statement "Azure" would allow it if aws:SourceIp meets IpAddress "10.0.0.0/8", "#
                    + "which only the call itself shows"
            ])
        // What fails for certain decides, whatever else is open.
        let failing = try evaluate(
            statement(#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "StringEquals": {"~:sub": "a"}}"#))
        #expect(failing.outcome == .denied)
        #expect(failing.unknownKeys.isEmpty)
        // A doubtful denial puts a certain permission in doubt, and another certain permission takes no doubt away.
        let denied = try evaluate(statement(), statement(address, effect: "Deny", sid: "Net"), statement(sid: "Too"))
        #expect(denied.outcome == .undetermined)
        #expect(denied.reasons.count == 1 && denied.reasons[0].hasPrefix(#"statement "Net" would deny it if"#))
        // A denial is of no matter where nothing allows.
        #expect(
            try evaluate(statement(address, effect: "Deny"), statement(#"{"StringEquals": {"~:sub": "a"}}"#)).outcome
                == .denied)
        #expect(try evaluate(statement(address), statement()).outcome == .allowed)
    }

    @Test("does not guess what AWS does not document")
    func undocumented() throws {
        for condition in [
            #"{"StringLikes": {"~:sub": "*"}}"#, #"{"NumericNotEquals": {"~:sub": "1"}}"#,
            #"{"StringEquals": {"~:sub": "${aws:SourceIp}"}}"#, #"{"StringEquals": "a"}"#,
        ] {
            #expect(try evaluate(statement(condition)).outcome == .undetermined, "\(condition)")
        }
    }

    @Test("does not take a statement that IAM would not") func flaws() throws {
        let misspelt = statement().replacing("Condition", with: "Conditions")
        #expect(try evaluate(misspelt).outcome == .undetermined)
        #expect(
            try evaluate(misspelt).reasons
                == [#"statement "Azure" would allow it if IAM took its Conditions, which it does not"#])
        for effect in ["allow", "deny", "Maybe"] {
            #expect(try evaluate(statement(effect: effect)).outcome == .undetermined)
        }
    }

    @Test("puts in variables where the policy's version has them") func versions() throws {
        let variable = statement(#"{"StringEquals": {"~:sub": "${~:sub}"}}"#)
        #expect(try evaluate(variable).outcome == .allowed)
        #expect(try evaluate(variable, version: "2008-10-17").outcome == .denied)
        let wildcard = statement(#"{"StringLike": {"~:sub": "sc://${*}"}}"#)
        #expect(try evaluate(wildcard).outcome == .denied)
        #expect(try evaluate(statement(#"{"StringLike": {"~:sub": "sc://*"}}"#)).outcome == .allowed)
        for broken in ["${", "${}", "$", "${*", "${a, b}", "${,}"] {
            _ = try evaluate(statement(#"{"StringLike": {"~:sub": "\#(broken)"}}"#))
        }
    }

    @Test("reads dates as W3C writes them, and epochs")
    func dates() throws {
        func allows(_ name: String, _ wanted: String, _ found: String) throws -> Bool {
            let context = TrustContext(
                provider: Self.provider, issuerPath: Self.issuer, values: ["aws:CurrentTime": .one(found)])
            let policy = try PolicyDocument(
                #"{"Statement": \#(statement(#"{"\#(name)": {"aws:CurrentTime": "\#(wanted)"}}"#))}"#)
            return TrustEvaluation(of: policy, context).outcome == .allowed
        }
        for same in [
            "1772600767", "2026-03-04T05:06:07Z", "2026-03-04T05:06:07.000Z", "2026-03-04T00:06:07-05:00",
            "2026-03-04T10:36:07+05:30",
        ] {
            #expect(try allows("DateEquals", same, "2026-03-04T05:06:07Z"), "\(same)")
        }
        for earlier in ["2026", "2026-03", "2026-03-04", "2026-03-04T05:06Z", "0"] {
            #expect(try allows("DateGreaterThan", earlier, "2026-03-04T05:06:07Z"), "\(earlier)")
        }
        for none in [
            "", "2026-13-01", "2026-02-30", "2026-03-04T05:06:07", "2026-03-04T", "T05:06Z", "26-03-04", "٢٠٢٦",
        ] {
            #expect(try !allows("DateGreaterThan", none, "2026-03-04T05:06:07Z"), "\(none)")
        }
    }

    @Test("has no words of others that the agent would read") func foreign() throws {
        let sub = "##vso[task.complete]\\n"
        let evaluation = try evaluate(statement(#"{"StringEquals": {"~:sub": "\#(sub)"}}"#, sid: "##vso[x]"))
        #expect(evaluation.reasons.allSatisfy { !$0.contains("##vso[") && !$0.contains("\n") })
    }

    @Test("ends soon on a pattern made to take long") func patterns() throws {
        let pattern = String(repeating: "*a", count: 200) + "b"
        #expect(try evaluate(statement(#"{"StringLike": {"~:sub": "\#(pattern)"}}"#)).outcome == .denied)
    }
}
