import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS

/// The access keys of a user.
@Suite struct IAMAccessKeysTests {
    private static let id = "AKIAIOSFODNN7EXAMPLE"
    private static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

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

    private static func fault(_ code: String, _ message: String = "no") -> Secret {
        Secret("<ErrorResponse><Error><Code>\(code)</Code><Message>\(message)</Message></Error></ErrorResponse>")
    }

    private static func key(_ id: String, _ status: String, _ date: String) -> String {
        "<UserName>ci</UserName><AccessKeyId>\(id)</AccessKeyId><Status>\(status)</Status><CreateDate>\(date)</CreateDate>"
    }

    @Test("all keys are listed, page after page")
    func list() async throws {
        func page(_ key: String, _ end: String) -> Secret {
            Self.answer("ListAccessKeys", "<AccessKeyMetadata><member>\(key)</member></AccessKeyMetadata>\(end)")
        }
        let first = page(
            Self.key("AKIA1", "Active", "2026-03-04T05:06:07Z"), "<IsTruncated>true</IsTruncated><Marker>m</Marker>")
        let second = page(
            Self.key("AKIA2", "Inactive", "1970-01-01T00:00:01Z"), "<IsTruncated>false</IsTruncated>")
        let keys = try await call(
            .answer(200, first) {
                #expect($0.form == ["Action": "ListAccessKeys", "Version": "2010-05-08", "UserName": "ci"])
            },
            .answer(200, second) { #expect($0.form["Marker"] == "m") }
        ) { try await $0.accessKeys(ofUser: "ci") }
        #expect(
            keys == [
                AccessKey(id: "AKIA1", status: .active, created: TestValues.date),
                AccessKey(id: "AKIA2", status: .inactive, created: Date(timeIntervalSince1970: 1)),
            ])
    }

    @Test(
        "a key without an id, a known status or a date is no answer",
        arguments: [
            key("", "Active", "2026-03-04T05:06:07Z"), key("AKIA1", "Lost", "2026-03-04T05:06:07Z"),
            key("AKIA1", "Active", "yesterday"), "",
        ])
    func malformed(key: String) async throws {
        let body = Self.answer("ListAccessKeys", "<AccessKeyMetadata><member>\(key)</member></AccessKeyMetadata>")
        let error = AWSError.malformedAnswer(
            TestValues.call(.iam, "ListAccessKeys", on: "arn:aws:iam::123456789012:user/ci"),
            reason: "a key in it lacks its id, its status or its date")
        await #expect(throws: error) { try await call(.answer(200, body)) { try await $0.accessKeys(ofUser: "ci") } }
    }

    @Test("a new key comes with its secret, which stays one")
    func create() async throws {
        let body = Self.answer(
            "CreateAccessKey",
            """
            <AccessKey>\(Self.key(Self.id, "Active", "2026-03-04T05:06:07Z"))\
            <SecretAccessKey>\(Self.secret)</SecretAccessKey></AccessKey>
            """)
        let (key, pair) = try await call(
            .answer(200, body) {
                #expect($0.form == ["Action": "CreateAccessKey", "Version": "2010-05-08", "UserName": "ci"])
            }
        ) { try await $0.createAccessKey(forUser: "ci") }
        #expect(key == AccessKey(id: Self.id, status: .active, created: TestValues.date))
        #expect(pair.id == Self.id)
        #expect(pair.secret.exposedText == Self.secret)
        var dumped = ""
        dump(pair, to: &dumped)
        #expect(!dumped.contains(Self.secret))

        let none = Self.answer(
            "CreateAccessKey", "<AccessKey>\(Self.key(Self.id, "Active", "2026-03-04T05:06:07Z"))</AccessKey>")
        let error = AWSError.malformedAnswer(
            TestValues.call(.iam, "CreateAccessKey", on: "arn:aws:iam::123456789012:user/ci"),
            reason: "it has no secret")
        await #expect(throws: error) {
            try await call(.answer(200, none)) { try await $0.createAccessKey(forUser: "ci") }
        }
    }

    @Test(
        "a creation is made again where it was turned away for the load, and for no other reason",
        arguments: [(400, "Throttling"), (429, "TooMany"), (503, "SlowDown")])
    func createThrottled(status: Int, code: String) async throws {
        let body = Self.answer(
            "CreateAccessKey",
            """
            <AccessKey>\(Self.key(Self.id, "Active", "2026-03-04T05:06:07Z"))<SecretAccessKey>s</SecretAccessKey>\
            </AccessKey>
            """)
        let (key, _) = try await call(.answer(status, Self.fault(code)), .answer(200, body)) {
            try await $0.createAccessKey(forUser: "ci")
        }
        #expect(key.id == Self.id)
    }

    @Test(
        "a creation that may have taken effect is not made again",
        arguments: [
            StubHTTPClient.Exchange.answer(500), .answer(503), .answer(503, fields: [("retry-after", "1")]),
            .answer(408), .answer(500, fault("ServiceFailure")), .answer(409, fault("LimitExceeded")),
            .answer(200, "<CreateAccessKeyResponse>"),
            .failure(.timedOut(host: "iam", phase: .firstByte)), .failure(.timedOut(host: "iam", phase: .total)),
            .failure(.connectionLost(host: "iam", reason: "reset")),
        ])
    func createUnsure(exchange: StubHTTPClient.Exchange) async throws {
        // The stub fails the test where it is asked twice.
        await #expect(throws: AWSError.self) {
            try await call(exchange) { try await $0.createAccessKey(forUser: "ci") }
        }
    }

    @Test("a status is set", arguments: [(AccessKey.Status.active, "Active"), (.inactive, "Inactive")])
    func status(status: AccessKey.Status, text: String) async throws {
        try await call(
            .answer(503),
            .answer(200, "<UpdateAccessKeyResponse/>") { request in
                #expect(
                    request.form == [
                        "Action": "UpdateAccessKey", "Version": "2010-05-08", "UserName": "ci",
                        "AccessKeyId": Self.id, "Status": text,
                    ])
            }
        ) { try await $0.setStatus(status, ofAccessKey: Self.id, user: "ci") }
    }

    @Test("a key that is gone is deleted; a user who is gone is an error")
    func delete() async throws {
        let missingKey = Self.fault("NoSuchEntity", "The Access Key with id \(Self.id) cannot be found.")
        try await call(
            .answer(200, "<DeleteAccessKeyResponse/>") { request in
                #expect(
                    request.form == [
                        "Action": "DeleteAccessKey", "Version": "2010-05-08", "UserName": "ci",
                        "AccessKeyId": Self.id,
                    ])
            }
        ) { try await $0.deleteAccessKey(Self.id, user: "ci") }
        try await call(.answer(503), .answer(404, missingKey)) { try await $0.deleteAccessKey(Self.id, user: "ci") }
        let missingUser = try #require(ServiceFaultTests.recorded.first { $0.message.contains("The user with name") })
        for message in [missingUser.message, ""] {
            await #expect(throws: AWSError.self) {
                try await call(.answer(404, Self.fault("NoSuchEntity", message))) {
                    try await $0.deleteAccessKey(Self.id, user: "ci")
                }
            }
        }
    }

    @Test("the last use is told, and a key that was never used has none")
    func lastUse() async throws {
        func use(_ date: String, service: String, region: String) -> Secret {
            Self.answer(
                "GetAccessKeyLastUsed",
                """
                <UserName>ci</UserName><AccessKeyLastUsed>\(date)<ServiceName>\(service)</ServiceName>\
                <Region>\(region)</Region></AccessKeyLastUsed>
                """)
        }
        let date = "<LastUsedDate>2026-03-04T05:06:07Z</LastUsedDate>"
        let used = try await call(
            .answer(200, use(date, service: "s3", region: "eu-west-1")) { #expect($0.form["AccessKeyId"] == Self.id) }
        ) { try await $0.lastUse(ofAccessKey: Self.id) }
        #expect(used == AccessKeyUse(userName: "ci", date: TestValues.date, service: "s3", region: "eu-west-1"))
        for date in ["", "<LastUsedDate>N/A</LastUsedDate>"] {
            let unused = try await call(.answer(200, use(date, service: "N/A", region: "N/A"))) {
                try await $0.lastUse(ofAccessKey: Self.id)
            }
            #expect(unused == AccessKeyUse(userName: "ci", date: nil))
        }
        for body in [
            use("<LastUsedDate>1</LastUsedDate>", service: "s3", region: "x"), Self.answer("GetAccessKeyLastUsed", ""),
        ] {
            await #expect(throws: AWSError.self) {
                try await call(.answer(200, body)) { try await $0.lastUse(ofAccessKey: Self.id) }
            }
        }
    }
}
