import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// What IAM is asked, and what becomes of its answers. Whole setups are tested against IAM as others play it.
@Suite struct IAMClientTests {
    private func call<Value>(
        _ exchanges: StubHTTPClient.Exchange..., body: (IAMClient) async throws -> Value
    ) async throws -> Value {
        let endpoint = try EndpointRules.endpoint(for: .iam, in: Region("eu-west-1"))
        return try await StubHTTPClient.expecting(exchanges) { http in
            try await body(IAMClient(TestValues.session(http), endpoint: endpoint))
        }
    }

    private static func answer(_ action: String, _ result: String) -> Secret {
        Secret("<\(action)Response><\(action)Result>\(result)</\(action)Result></\(action)Response>")
    }

    private static func fault(_ code: String) -> Secret {
        Secret("<ErrorResponse><Error><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>")
    }

    @Test("a provider is read, and one that does not exist is none")
    func provider() async throws {
        let answer = Self.answer(
            "GetOpenIDConnectProvider",
            """
            <Url>x</Url><ClientIDList><member>a</member><member>b</member></ClientIDList>\
            <ThumbprintList><member>t</member></ThumbprintList>\
            <Tags><member><Key>k</Key><Value>v</Value></member><member><Key>e</Key></member></Tags>
            """)
        let state = try await call(
            .answer(200, answer) { #expect($0.form["OpenIDConnectProviderArn"] == "arn:p") }
        ) { try await $0.openIDConnectProvider("arn:p") }
        #expect(state == ProviderState(audiences: ["a", "b"], thumbprints: ["t"], tags: ["k": "v", "e": ""]))
        let missing = try await call(.answer(404, Self.fault("NoSuchEntity"))) {
            try await $0.openIDConnectProvider("arn:p")
        }
        #expect(missing == nil)
        await #expect(throws: AWSError.self) {
            try await call(.answer(403, Self.fault("AccessDenied"))) { try await $0.openIDConnectProvider("arn:p") }
        }
    }

    @Test("a list is read to its end, whatever page it comes in, and a service that never ends it is left")
    func pages() async throws {
        func page(_ role: String, marker: String?) -> Secret {
            let end = marker.map { "<IsTruncated>true</IsTruncated><Marker>\($0)</Marker>" }
            let policy = "%7B%22Statement%22%3A%5B%5D%7D"
            return Self.answer(
                "ListRoles",
                """
                <Roles><member><RoleName>\(role)</RoleName>\
                <AssumeRolePolicyDocument>\(policy)</AssumeRolePolicyDocument></member></Roles>\
                \(end ?? "<IsTruncated>false</IsTruncated>")
                """)
        }
        let policies = try await call(
            .answer(200, page("one", marker: "m1")) { #expect($0.form["Marker"] == nil) },
            .answer(200, page("two", marker: "m2")) { #expect($0.form["Marker"] == "m1") },
            .answer(200, page("three", marker: nil)) { #expect($0.form["Marker"] == "m2") }
        ) { try await $0.trustPolicies() }
        #expect(policies.keys.sorted() == ["one", "three", "two"])
        let endless = try await call(.answer(200, page("one", marker: "m")), .answer(200, page("two", marker: "m"))) {
            try await $0.trustPolicies()
        }
        #expect(endless.count == 2)
    }

    @Test("a role whose trust policy is none is no answer")
    func trustPolicy() async throws {
        func role(_ policy: String) -> Secret {
            Self.answer(
                "GetRole",
                """
                <Role><Path>/x/</Path><AssumeRolePolicyDocument>\(policy)</AssumeRolePolicyDocument>\
                <MaxSessionDuration>7200</MaxSessionDuration></Role>
                """)
        }
        let getRole = TestValues.call(.iam, "GetRole", on: "arn:aws:iam::123456789012:role/deploy")
        let malformed = AWSError.malformedAnswer(getRole, reason: "its policy is not a policy")
        await #expect(throws: malformed) {
            try await call(.answer(200, role("%7B%22Statement%22%3A1%7D"))) {
                try await $0.role(RoleName("deploy"), inlinePolicy: "keyless")
            }
        }
    }

    @Test("lists and tags are numbered from one, in a steady order")
    func parameters() async throws {
        try await call(
            .answer(200, "<CreateOpenIDConnectProviderResponse/>") { request in
                #expect(
                    request.form == [
                        "Action": "CreateOpenIDConnectProvider", "Version": "2010-05-08", "Url": "https://x",
                        "ClientIDList.member.1": "a", "ClientIDList.member.2": "b", "ThumbprintList.member.1": "t",
                        "Tags.member.1.Key": "j", "Tags.member.1.Value": "1", "Tags.member.2.Key": "k",
                        "Tags.member.2.Value": "2",
                    ])
                #expect(request.url.text == "https://iam.amazonaws.com/")
                #expect(request.values("Authorization").first?.contains("/us-east-1/iam/aws4_request") == true)
            }
        ) {
            try await $0.createOpenIDConnectProvider(
                IssuerURL(validating: "https://x"), audiences: ["a", "b"], thumbprints: ["t"],
                tags: ["k": "2", "j": "1"])
        }
    }

    @Test("what passes is tried again, and a refusal is not")
    func retries() async throws {
        let tag = Secret("<TagRoleResponse/>")
        try await call(.answer(503), .answer(400, Self.fault("Throttling")), .answer(200, tag)) {
            try await $0.tagRole(RoleName("deploy"), ["a": "b"])
        }
        await #expect(throws: AWSError.self) {
            try await call(.answer(403, Self.fault("AccessDenied"))) { try await $0.tagRole(RoleName("deploy"), [:]) }
        }
    }

    @Test("whoever listens is told each error that a call is made again after, as it was")
    func listening() async throws {
        let told = Mutex<[AWSError?]>([])
        let clock = ManualClock(TestValues.date)
        let retrier = Retrier(
            time: clock, random: FixedRandom(0), deadline: Deadline(in: .seconds(10), of: clock)
        ) { error, _, _ in told.withLock { $0.append(error as? AWSError) } }
        let endpoint = try EndpointRules.endpoint(for: .iam, in: Region("eu-west-1"))
        let throttled = StubHTTPClient.Exchange.answer(400, Self.fault("Throttling"))
        let key = Self.answer(
            "CreateAccessKey",
            """
            <AccessKey><AccessKeyId>AKIA1</AccessKeyId><Status>Active</Status><SecretAccessKey>s</SecretAccessKey>\
            <CreateDate>2026-03-04T05:06:07Z</CreateDate></AccessKey>
            """)
        let exchanges = [throttled, .answer(200, "<TagRoleResponse/>"), throttled, .answer(200, key)]
        try await StubHTTPClient.expecting(exchanges) { http in
            let session = AWSSession(
                http: http, time: clock, retrier: retrier, credentials: TestValues.credentials,
                identity: TestValues.identity)
            let client = IAMClient(session, endpoint: endpoint)
            try await client.tagRole(RoleName("deploy"), [:])
            _ = try await client.createAccessKey(forUser: "ci")
        }
        let codes = told.withLock { $0 }.map { error -> String? in
            if case .service(let fault)? = error { fault.code } else { nil }
        }
        #expect(codes == ["Throttling", "Throttling"])
    }
}
