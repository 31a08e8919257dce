import Domain
import Testing

@testable import AzureDevOps

@Suite("The address for the token")
struct OIDCTokenEndpointTests {
    /// A job of a pipeline, by whose parts the long address is made.
    static let job = [
        "TF_BUILD": "True", "SYSTEM_COLLECTIONURI": "https://dev.azure.com/contoso/",
        "SYSTEM_TEAMPROJECTID": "6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a001", "SYSTEM_HOSTTYPE": "build",
        "SYSTEM_PLANID": "2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002", "SYSTEM_JOBID": "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
    ]
    static let path =
        "6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a001/_apis/distributedtask/hubs/build/plans/"
        + "2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002/jobs/12f1170f-54f2-53f3-20dd-22fc7dff55f9/oidctoken"
    static let connection = "c0ffee00-0000-4000-8000-000000000001"

    private func url(_ variables: [String: String], connection: String? = nil) throws -> String {
        try OIDCTokenEndpoint(AgentEnvironment(variables))
            .url(apiVersion: "7.1", connection: connection.flatMap(ServiceConnectionID.init)).text
    }

    @Test(
        "is the one the agent gives, with a version and a connection",
        arguments: [
            ("https://dev.azure.com/o/p/oidctoken", "https://dev.azure.com/o/p/oidctoken?api-version=7.1"),
            (
                "https://dev.azure.com/o/p/oidctoken?a=b%20c",
                "https://dev.azure.com/o/p/oidctoken?a=b%20c&api-version=7.1"
            ),
            ("https://dev.azure.com/o/oidctoken?", "https://dev.azure.com/o/oidctoken?api-version=7.1"),
            ("https://dev.azure.com/o?api-version=5.0&x=1", "https://dev.azure.com/o?x=1&api-version=7.1"),
            (
                "https://dev.azure.com/o?API-Version=5.0&serviceConnectionId=evil",
                "https://dev.azure.com/o?api-version=7.1"
            ),
            ("https://org.visualstudio.com/o", "https://org.visualstudio.com/o?api-version=7.1"),
        ])
    func given(text: String, expected: String) throws {
        let variables = Self.job.merging(["SYSTEM_OIDCREQUESTURI": text]) { _, new in new }
        #expect(try url(variables) == expected)
        #expect(
            try url(["SYSTEM_OIDCREQUESTURI": text], connection: Self.connection.uppercased())
                == "\(expected)&serviceConnectionId=\(Self.connection)")
    }

    @Test("is put together from its parts where the agent gives none")
    func parts() throws {
        #expect(try url(Self.job) == "https://dev.azure.com/contoso/\(Self.path)?api-version=7.1")
        #expect(
            try url(Self.job, connection: Self.connection)
                == "https://dev.azure.com/contoso/\(Self.path)?api-version=7.1&serviceConnectionId=\(Self.connection)")
        #expect(try OIDCTokenEndpoint(AgentEnvironment(Self.job)).host == "dev.azure.com")
    }

    @Test(
        "is put together in the forms of old organisations, servers and classic releases",
        arguments: [
            (
                ["SYSTEM_COLLECTIONURI": "https://contoso.visualstudio.com"], "https://contoso.visualstudio.com/",
                "build"
            ),
            (
                ["SYSTEM_COLLECTIONURI": "https://tfs.example:8443/tfs/Default/"],
                "https://tfs.example:8443/tfs/Default/", "build"
            ),
            (["SYSTEM_HOSTTYPE": "release"], "https://dev.azure.com/contoso/", "release"),
            (["SYSTEM_HOSTTYPE": "../x?y"], "https://dev.azure.com/contoso/", "..%2Fx%3Fy"),
        ])
    func otherParts(variables: [String: String], root: String, hub: String) throws {
        let path = Self.path.replacing("hubs/build/", with: "hubs/\(hub)/")
        #expect(try url(Self.job.merging(variables) { _, new in new }) == "\(root)\(path)?api-version=7.1")
    }

    @Test("may be under the collection's older name")
    func olderName() throws {
        var variables = Self.job
        variables["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"] = variables.removeValue(forKey: "SYSTEM_COLLECTIONURI")
        #expect(try url(variables).hasPrefix("https://dev.azure.com/contoso/6f9e"))
    }

    @Test("is nowhere outside a pipeline")
    func outside() {
        #expect(throws: OIDCTokenEndpoint.Failure.notInPipeline) { try url([:]) }
        var variables = Self.job
        variables["TF_BUILD"] = nil
        #expect(throws: OIDCTokenEndpoint.Failure.notInPipeline) { try url(variables) }
    }

    @Test(
        "names the variable a pipeline lacks",
        arguments: [
            ("SYSTEM_COLLECTIONURI", "SYSTEM_OIDCREQUESTURI"), ("SYSTEM_TEAMPROJECTID", "SYSTEM_TEAMPROJECTID"),
            ("SYSTEM_HOSTTYPE", "SYSTEM_HOSTTYPE"), ("SYSTEM_PLANID", "SYSTEM_PLANID"),
            ("SYSTEM_JOBID", "SYSTEM_JOBID"),
        ])
    func missing(variable: String, named: String) {
        for value in [nil, ""] as [String?] {
            var variables = Self.job
            variables[variable] = value
            #expect(throws: OIDCTokenEndpoint.Failure.missing(named)) { try url(variables) }
        }
    }

    @Test(
        "is refused where a variable holds no strict URL",
        arguments: [
            "contoso", "ftp://dev.azure.com/", "https://user:hunter2@dev.azure.com/",
            #"https://dev.azure.com\@evil.example/"#,
            "https://dev.azure.com@evil", "https://dev.azure.com#@evil", "https://dev.azure.com%2eevil.example",
            "$(System.OidcRequestUri)",
        ])
    func malformed(text: String) {
        for variable in ["SYSTEM_OIDCREQUESTURI", "SYSTEM_COLLECTIONURI"] {
            let error = #expect(throws: OIDCTokenEndpoint.Failure.self) {
                try url(Self.job.merging([variable: text]) { _, new in new })
            }
            guard case .malformed(variable, let reason)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(!reason.contains("hunter2") && !reason.isEmpty)
        }
    }
}
