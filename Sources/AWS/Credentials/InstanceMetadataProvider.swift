import Domain

/// The role of the EC2 instance, from its metadata service (IMDSv2).
///
/// Everywhere else nobody answers at that address, or somebody does who is not AWS, as on a machine of Azure: there it
/// is passed over, after a second at most.
struct InstanceMetadataProvider: CredentialProvider {
    private static let rolePath = "/latest/meta-data/iam/security-credentials/"
    private static let attempts = 3

    let profile: String
    let context: ProviderContext

    let name = "EC2 instance metadata"

    func credentials() async throws(CredentialError) -> ProviderResult {
        if context.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" {
            return .passedOver(reason: "AWS_EC2_METADATA_DISABLED is true")
        }
        let endpoint = try endpoint()
        let token: Secret
        do throws(HTTPError) {
            let field = HTTPField("x-aws-ec2-metadata-token-ttl-seconds", "21600")
            let answer = try await send(.put, endpoint, "/latest/api/token", field)
            guard answer.status == 200, !answer.body.isEmpty else {
                return .passedOver(reason: "\(endpoint.host) gave no token (status \(answer.status))")
            }
            token = answer.body
        } catch {
            // Who named another endpoint wants to know that it may not be asked.
            if case .untrusted = error { throw failed(.transport(error)) }
            return .passedOver(reason: "nobody answers at \(endpoint.host)")
        }
        guard let role = try await get(Self.rolePath, endpoint, token) else {
            return .passedOver(reason: "the instance has no role")
        }
        let roleName = role.exposedText.prefix { !$0.isNewline }
        let path = Self.rolePath + PercentEncoding.encode(String(roleName))
        guard let answer = try await get(path, endpoint, token) else {
            throw failed(.answered(status: 404, message: nil))
        }
        return .found(try CredentialAnswer.read(answer, .endpoint, for: self))
    }

    /// What is at the path; `nil` where there is nothing.
    private func get(_ path: String, _ endpoint: HTTPURL, _ token: Secret) async throws(CredentialError) -> Secret? {
        var attempt = 1
        while true {
            let failure: CredentialFailure
            do throws(HTTPError) {
                let answer = try await send(.get, endpoint, path, HTTPField("x-aws-ec2-metadata-token", token))
                if answer.status == 404 { return nil }
                if answer.status == 200, !answer.body.isEmpty { return answer.body }
                failure = .answered(status: answer.status, message: nil)
            } catch {
                failure = .transport(error)
            }
            if attempt == Self.attempts { throw failed(failure) }
            attempt += 1
        }
    }

    private func send(
        _ method: HTTPRequest.Method, _ endpoint: HTTPURL, _ path: String, _ field: HTTPField
    ) async throws(HTTPError) -> HTTPResponse {
        var request = HTTPRequest(method, endpoint.replacingPath(path), fields: [field], limits: context.limits(1))
        request.purpose = .machineCredentials
        return try await context.http.send(request)
    }

    private func endpoint() throws(CredentialError) -> HTTPURL {
        func setting(_ name: String) -> String? {
            context.variable("AWS_\(name.uppercased())") ?? context.profiles[profile]?.text(name)
        }
        if let text = setting("ec2_metadata_service_endpoint") {
            do throws(HTTPURL.ParseError) { return try HTTPURL(text) } catch {
                throw failed(
                    .misconfigured(reason: "AWS_EC2_METADATA_SERVICE_ENDPOINT is not a URL: \(error.reason)"))
            }
        }
        let isIPv6 = setting("ec2_metadata_service_endpoint_mode")?.lowercased() == "ipv6"
        guard let url = try? HTTPURL(isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254") else {
            throw failed(.misconfigured(reason: "there is no such endpoint"))
        }
        return url
    }
}
