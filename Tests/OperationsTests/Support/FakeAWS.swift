import Domain
import Foundation
import Synchronization

/// Plays STS and IAM Identity Center with key ids that tell what was asked, and with which key: `Admin.AKIABASE` is what
/// role Admin gives to AKIABASE. Tests/Scripts/consumers/botocore_chain.py has the same.
final class FakeAWS: HTTPClient {
    private let asked = Mutex<[String]>([])

    /// The hosts that were asked, in order.
    var hosts: [String] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        asked.withLock { $0.append(request.url.host) }
        guard request.purpose == .service else { throw .cannotConnect(host: request.url.host, reason: "no machine's") }
        let answer =
            request.url.host.hasPrefix("portal.sso.")
            ? Self.portal(request) : Self.sts(request.body.exposedText, request)
        return HTTPResponse(status: 200, fields: [], body: Secret(answer))
    }

    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}

    private static func portal(_ request: HTTPRequest) -> String {
        let query = items(request.url.query ?? "")
        let token = value("x-amz-sso_bearer_token", request)
        let id = "\(query["role_name"] ?? "").\(query["account_id"] ?? "").\(token)"
        return """
            {"roleCredentials": {"accessKeyId": "\(id)", "secretAccessKey": "s", "sessionToken": "t",
                                 "expiration": 4070908800000}}
            """
    }

    private static func sts(_ body: String, _ request: HTTPRequest) -> String {
        let form = items(body)
        let (action, role) = (form["Action"] ?? "", form["RoleArn"]?.split(separator: "/").last.map(String.init))
        // AWS4-HMAC-SHA256 Credential=AKIA…/20260304/…
        let signer = value("Authorization", request).split(separator: "=").dropFirst().first?.split(separator: "/")
            .first
        let parts = [role, form["ExternalId"], form["WebIdentityToken"] ?? signer.map(String.init)]
        return """
            <\(action)Response><\(action)Result><Credentials>
            <AccessKeyId>\(parts.compactMap(\.self).joined(separator: "."))</AccessKeyId>
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
            <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/a/b</Arn></AssumedRoleUser>
            </\(action)Result></\(action)Response>
            """
    }

    private static func value(_ name: String, _ request: HTTPRequest) -> String {
        request.fields.first { $0.name == name }?.value.exposedText ?? ""
    }

    private static func items(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(
            pairs.map { (String($0[0]), $0.last.flatMap { String($0).removingPercentEncoding } ?? "") }
        ) { $1 }
    }
}
