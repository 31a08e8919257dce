import Domain
import Foundation
import TestSupport

@testable import AWS

/// Values that tests share.
enum TestValues {
    static let date = Date(timeIntervalSince1970: 1_772_600_767)  // 2026-03-04T05:06:07Z

    static let credentials = SessionCredentials(
        accessKeyID: "ASIAEXAMPLE", secretAccessKey: "secret/key", sessionToken: "session+token",
        expiration: date.addingTimeInterval(3600))

    /// Whose ``credentials`` are.
    static let identity = CallerIdentity(account: "123456789012", arn: "arn:aws:iam::123456789012:user/admin")

    static let limits = HTTPLimits(total: .seconds(10))

    /// A session whose clock stands at ``date``, and whose waits take no time but what is asked of them.
    static func session(_ http: any HTTPClient) -> AWSSession {
        let clock = ManualClock(date)
        return AWSSession(
            http: http, time: clock, retrier: retrier(clock), credentials: credentials, identity: identity)
    }

    /// STS, with the same clock and waits.
    static func sts(_ http: any HTTPClient, _ region: String = "eu-west-1") throws -> STSClient {
        let clock = ManualClock(date)
        return STSClient(http: http, endpoint: try stsEndpoint(region), time: clock, retrier: retrier(clock))
    }

    static func retrier(_ clock: ManualClock) -> Retrier {
        Retrier(time: clock, random: FixedRandom(0), deadline: Deadline(in: .seconds(10), of: clock))
    }

    /// A call of IAM's as ``session(_:)`` makes it.
    static func call(_ service: Service, _ operation: String, on resource: String) -> ServiceCall {
        ServiceCall(service, operation, on: resource, by: identity.arn)
    }

    static func stsEndpoint(_ region: String = "eu-west-1") throws -> Endpoint {
        try EndpointRules.endpoint(for: .sts, in: Region(region))
    }
}

extension HTTPRequest {
    /// The values of the fields of that name, exposed.
    func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value.exposedText)
    }

    /// The names and values of a form body, decoded.
    var form: [String: String] { Self.decodeForm(body.exposedText) }

    static func decodeForm(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).replacing("+", with: " ")
            }
            return (parts[0], parts.last?.removingPercentEncoding ?? "not percent-encoded")
        }
        return Dictionary(pairs) { _, _ in "twice" }
    }
}
