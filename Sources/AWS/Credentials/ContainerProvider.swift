import Domain

/// The endpoint at which ECS, EKS and others give a container its credentials.
struct ContainerProvider: CredentialProvider {
    private static let host = "169.254.170.2"
    /// Besides this machine: where http will do.
    private static let hosts: Set<String> = [host, "169.254.170.23", "fd00:ec2::23"]
    private static let attempts = 3

    let context: ProviderContext

    let name = "container endpoint"

    func credentials() async throws(CredentialError) -> ProviderResult {
        guard let url = try url() else {
            return .passedOver(
                reason: "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set")
        }
        var attempt = 1
        while true {
            do throws(CredentialError) {
                return .found(try await ask(url))
            } catch {
                guard attempt < Self.attempts, error.retryAdvice != .never,
                    context.retrier.deadline.remaining(of: context.time) > .seconds(1),
                    (try? await context.time.sleep(for: .seconds(1))) != nil
                else { throw error }
            }
            attempt += 1
        }
    }

    /// Where the environment says the endpoint is; `nil` where it says nothing.
    ///
    /// - Throws: where it names a place that no credentials may be asked of.
    func url() throws(CredentialError) -> HTTPURL? {
        if let path = context.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/"), let url = try? HTTPURL("http://\(Self.host)\(path)") else {
                throw failed(.misconfigured(reason: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path"))
            }
            return url
        }
        let variable = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
        guard let text = context.variable(variable) else { return nil }
        let url: HTTPURL
        do throws(HTTPURL.ParseError) { url = try HTTPURL(text) } catch {
            throw failed(.misconfigured(reason: "\(variable) is not a URL: \(error.reason)"))
        }
        guard url.scheme == .https || url.isLoopback || Self.hosts.contains(url.host) else {
            throw failed(
                .misconfigured(reason: "\(variable) names \(url.host) by http, which no container's endpoint is"))
        }
        return url
    }

    private func ask(_ url: HTTPURL) async throws(CredentialError) -> FoundCredentials {
        var request = HTTPRequest(
            .get, url, fields: [HTTPField("Accept", "application/json")], limits: context.limits(2))
        request.purpose = .machineCredentials
        if let token = try authorization() { request.fields.append(HTTPField("Authorization", token)) }
        let response: HTTPResponse
        do throws(HTTPError) { response = try await context.http.send(request) } catch {
            throw failed(.transport(error))
        }
        guard response.status == 200 else { throw failed(.answered(status: response.status, message: nil)) }
        return try CredentialAnswer.read(response.body, .endpoint, for: self)
    }

    /// Read anew for each request: EKS replaces the token in the file.
    private func authorization() throws(CredentialError) -> Secret? {
        let token: Secret
        if let path = context.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            token = try context.read(path, for: self)
        } else if let value = context.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
            token = Secret(value)
        } else {
            return nil
        }
        guard !token.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
            throw failed(.misconfigured(reason: "the authorization token has a line end"))
        }
        return token
    }
}
