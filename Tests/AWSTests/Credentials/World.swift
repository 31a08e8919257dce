import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS

/// What the providers see in a test: an environment, the two files, other files, and programs that print something.
struct World {
    var environment: [String: String] = [:]
    var config = ""
    var credentials = ""
    var files: [String: String] = [:]
    /// What a program prints, by its words.
    var programs: [[String]: String] = [:]
    let clock = ManualClock(TestValues.date)

    func context(_ http: any HTTPClient) throws -> ProviderContext {
        let profiles = Profiles(
            config: try ProfileDocument(Secret(config), kind: .config),
            credentials: try ProfileDocument(Secret(credentials), kind: .credentials))
        return ProviderContext(
            environment: environment, profiles: profiles, http: http, time: clock,
            retrier: Retrier(time: clock, random: FixedRandom(1), deadline: Deadline(in: .seconds(60), of: clock)),
            stsEndpoint: { [environment] (role) throws(ProviderContext.LocalFailure) in
                let region = environment["AWS_REGION"] ?? "eu-west-1"
                guard let endpoint = try? EndpointRules.endpoint(for: .sts, in: Region(region)) else {
                    throw ProviderContext.LocalFailure(reason: "no endpoint for \(role)")
                }
                return endpoint
            },
            readFile: { [files] (path) throws(ProviderContext.LocalFailure) in
                if path == "/locked" { throw ProviderContext.LocalFailure(reason: "permission denied") }
                return files[path].map { Secret($0) }
            },
            runProgram: { [programs] (words) throws(ProviderContext.LocalFailure) in
                guard let output = programs[words] else {
                    throw ProviderContext.LocalFailure(reason: "no such program: \(words)")
                }
                return Secret(output)
            })
    }

    /// Looks where the whole chain looks, with exactly these exchanges.
    func find(
        profile: String = "default", isExplicit: Bool = false, _ exchanges: [StubHTTPClient.Exchange] = []
    ) async throws -> FoundCredentials {
        try await StubHTTPClient.expecting(exchanges) { http in
            try await CredentialChain(profile: profile, isExplicit: isExplicit, context(http)).credentials()
        }
    }

    /// The same where it must fail.
    func failure(
        profile: String = "default", isExplicit: Bool = false, _ exchanges: [StubHTTPClient.Exchange] = []
    ) async -> CredentialError? {
        await #expect(throws: CredentialError.self) {
            try await find(profile: profile, isExplicit: isExplicit, exchanges)
        }
    }
}

extension FoundCredentials {
    /// The key id, the secret key and the token, exposed.
    var exposed: [String?] {
        [credentials.accessKeyID, credentials.secretAccessKey, credentials.sessionToken].map { $0?.exposedText }
    }
}

extension StubHTTPClient.Exchange {
    /// STS gives the credentials `id`, `id-secret`, `id-token`, good for an hour.
    static func session(
        _ id: String, by action: String = "AssumeRole",
        check: @escaping @Sendable (HTTPRequest) throws -> Void = { _ in }
    ) -> Self {
        .answer(
            200,
            """
            <\(action)Response><\(action)Result>
            <Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>\(id)-secret</SecretAccessKey>
            <SessionToken>\(id)-token</SessionToken><Expiration>2026-03-04T06:06:07Z</Expiration></Credentials>
            <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/a/b</Arn></AssumedRoleUser>
            </\(action)Result></\(action)Response>
            """
        ) { request in
            #expect(request.form["Action"] == action)
            #expect(request.purpose == .service)
            try check(request)
        }
    }
}
