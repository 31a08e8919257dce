import Emulator
import Foundation
import TestSupport
import Testing

/// An HTTP answer as curl got it.
struct Answer {
    let status: Int
    /// Names lower case.
    let fields: [String: String]
    let body: String

    /// Sends a request with curl, certificates checked.
    static func curl(_ sandbox: Sandbox, _ arguments: [String], input: String = "") async throws -> Answer {
        let tool = try await Child.run(
            ["curl", "-sSi", "--max-time", "60", "--cacert", sandbox.authority.rootFile] + arguments, input: input)
        try #require(tool.code == 0, "\(tool.err)")
        let parts = tool.out.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = try #require(parts.first).split(separator: "\r\n")
        let fields = lines.dropFirst().map { line in
            let pair = line.split(separator: ":", maxSplits: 1)
            return (pair[0].lowercased(), pair.count > 1 ? pair[1].drop { $0 == " " } : "")
        }
        return Answer(
            status: try #require(Int(lines[0].split(separator: " ")[1])),
            fields: Dictionary(fields.map { ($0.0, String($0.1)) }) { "\($0),\($1)" },
            body: parts.count > 1 ? String(parts[1]) : "")
    }

    /// The body as a JSON object.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }

    /// The text of the first XML element of that name.
    func element(_ name: String) -> String? {
        guard let start = body.firstRange(of: "<\(name)>"), let end = body.firstRange(of: "</\(name)>") else {
            return nil
        }
        return String(body[start.upperBound..<end.lowerBound])
    }
}

extension Sandbox {
    /// Starts a sandbox, lends it to `body`, and ends it.
    static func with(_ options: Options = Options(), _ body: (Sandbox) async throws -> Void) async throws {
        try await places.lend {
            let sandbox = try await Sandbox.start(options)
            do {
                try await body(sandbox)
                await sandbox.stop()
            } catch {
                await sandbox.stop()
                throw error
            }
        }
    }

    /// For so many at a time.
    private static let places = Places(32)

    /// Asks for a token as a proper client does, with changes.
    func askForToken(
        _ query: String = "?api-version=7.1", method: String = "POST", token: String? = nil, suppress: Bool = true,
        extra: [String] = ["-H", "Content-Type: application/json", "-H", "Content-Length: 0"], path: String? = nil
    ) async throws -> Answer {
        let url = path.map { azureURL + $0 } ?? environment["SYSTEM_OIDCREQUESTURI", default: ""]
        return try await Answer.curl(
            self,
            ["-X", method, "-H", "Authorization: Bearer \(token ?? accessToken)"]
                + (suppress ? ["-H", "X-TFS-FedAuthRedirect: Suppress"] : []) + extra + [url + query])
    }

    /// A token of the service connection `aws-prod`, or of the pipeline.
    func token(connection: String? = Sandbox.connectionID) async throws -> String {
        let query = connection.map { "&serviceConnectionId=\($0)" } ?? ""
        let answer = try await askForToken("?api-version=7.1\(query)")
        return try #require(try answer.json()["oidcToken"] as? String)
    }

    /// Calls STS without a signature; `nil` leaves a parameter out.
    func assume(
        _ changes: [String: String?] = [:], token: String? = nil, extra: [String] = []
    ) async throws -> Answer {
        var parameters: [String: String?] = [
            "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", "RoleArn": RoleARN.deploy,
            "RoleSessionName": "azp-deploy-1042",
        ]
        if changes["WebIdentityToken"] == nil {
            let minted = if let token { token } else { try await self.token() }
            parameters["WebIdentityToken"] = minted
        }
        parameters.merge(changes) { $1 }
        let form = parameters.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { ["--data-urlencode", "\(name)=\($0)"] }
        }
        return try await Answer.curl(self, form.flatMap { $0 } + extra + [awsURL])
    }
}
