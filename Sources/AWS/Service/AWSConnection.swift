import Domain
import FoundationEssentials

/// One service at one endpoint: signs, sends, and turns error answers into errors.
struct AWSConnection: Sendable {
    let service: Service
    let http: any HTTPClient
    let endpoint: Endpoint
    let time: any TimeSource
    let clockSkew: ClockSkew

    /// Sends one request; a second one only where the first was refused for this machine's clock and time is left.
    ///
    /// - Parameters:
    ///   - operation: the API operation, for errors.
    ///   - credentials: to sign with; `nil` sends the request unsigned.
    ///   - withheld: what the body holds and an error must not: AWS quotes values that it finds wrong.
    func send(
        _ request: HTTPRequest, operation: String, credentials: SessionCredentials?,
        withholding withheld: [Secret] = []
    ) async throws(AWSError) -> HTTPResponse {
        let redaction = TokenRedaction(of: withheld + [credentials?.sessionToken].compactMap(\.self))
        let start = time.uptime()
        let (response, correction) = try await attempt(request, credentials: credentials)
        guard let fault = ServiceFault(response, service: service, operation: operation, redaction) else {
            return response
        }

        var again = request
        again.limits.total -= time.uptime() - start
        guard credentials != nil, again.limits.total > .zero,
            ClockSkew.explains(code: fault.code, correction: correction)
        else { throw .service(fault) }

        let (second, _) = try await attempt(again, credentials: credentials)
        if let fault = ServiceFault(second, service: service, operation: operation, redaction) { throw .service(fault) }
        return second
    }

    /// Signs and sends once.
    ///
    /// - Returns: the answer, and by how much the clock that signed was off, where the answer tells.
    private func attempt(
        _ request: HTTPRequest, credentials: SessionCredentials?
    ) async throws(AWSError) -> (response: HTTPResponse, correction: TimeInterval?) {
        guard let credentials else { return (try await send(request), nil) }
        let signer = Signer(credentials: credentials, region: endpoint.signingRegion, service: endpoint.signingName)
        let sent = time.now()
        let response = try await send(signer.sign(request, now: sent.addingTimeInterval(await clockSkew.offset)))
        return (response, await clockSkew.record(response, sent: sent, received: time.now()))
    }

    private func send(_ request: HTTPRequest) async throws(AWSError) -> HTTPResponse {
        do throws(HTTPError) {
            return try await http.send(request)
        } catch {
            throw .transport(error)
        }
    }
}
