import TestSupport
import Testing

@testable import Domain

/// The AWS SDKs' common tests of where the files are, and what they leave open.
@Suite struct ProfileLocationsTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let environment: [String: String]
        let platform: String
        let profile: String?
        let configLocation: String
        let credentialsLocation: String

        var testDescription: String { "\(name) \(environment.keys.sorted())" }
    }

    static let cases = (try? Vectors.tests(Case.self, "file-location-tests.json")) ?? []

    @Test("all 9 cases are there") func completeness() { #expect(Self.cases.count == 9) }

    @Test("as the SDKs have it", arguments: cases)
    func locations(_ test: Case) {
        let locations = ProfileLocations(
            environment: test.environment, platform: test.platform == "windows" ? .windows : .linux)
        #expect(locations.config == test.configLocation)
        #expect(locations.credentials == test.credentialsLocation)
        #expect(locations.profile ?? "default" == test.profile ?? "default")
    }

    @Test("a tilde is the home directory, and nothing else is expanded")
    func tilde() {
        let locations = ProfileLocations(environment: [
            "HOME": "/home/u", "AWS_CONFIG_FILE": "~/a", "AWS_SHARED_CREDENTIALS_FILE": "~other/b",
        ])
        #expect(locations.config == "/home/u/a")
        #expect(locations.credentials == "~other/b")
    }

    @Test("without a home directory there are the files that are named")
    func homeless() {
        let locations = ProfileLocations(environment: ["USERPROFILE": "/u", "HOME": "", "AWS_CONFIG_FILE": "/etc/c"])
        #expect(locations.config == "/etc/c")
        #expect(locations.credentials == nil)
        #expect(locations.profile == nil)
    }

    @Test("botocore's older variable for the profile wins, as it does there")
    func profile() {
        #expect(ProfileLocations(environment: ["AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": "b"]).profile == "b")
        #expect(ProfileLocations(environment: ["AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": ""]).profile == "a")
    }
}
