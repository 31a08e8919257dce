import Domain
import FoundationEssentials

/// One service at one endpoint: signs, sends, and turns error answers into errors.
struct AWSConnection: Sendable {
    let http: any HTTPClient
    let endpoint: Endpoint
    let time: any TimeSource
    let clockSkew: ClockSkew

    /// Sends one request; a second one only where the first was refused for this machine's clock and time is left.
    ///
    /// - Parameters:
    ///   - call: what is called, for errors.
    ///   - credentials: to sign with; `nil` sends the request unsigned.
    ///   - withheld: what the body holds and an error must not: AWS quotes values that it finds wrong.
    func send(
        _ request: HTTPRequest, _ call: ServiceCall, credentials: SessionCredentials?,
        withholding withheld: [Secret] = []
    ) async throws(AWSError) -> HTTPResponse {
        let redaction = TokenRedaction(of: withheld + [credentials?.sessionToken].compactMap(\.self))
        let start = time.uptime()
        let (response, correction) = try await attempt(request, call, credentials: credentials)
        guard let fault = ServiceFault(response, to: call, redaction) else {
            return response
        }

        var again = request
        again.limits.total -= time.uptime() - start
        guard credentials != nil, again.limits.total > .zero,
            ClockSkew.explains(code: fault.code, correction: correction)
        else { throw .service(fault) }

        let (second, _) = try await attempt(again, call, credentials: credentials)
        if let fault = ServiceFault(second, to: call, redaction) { throw .service(fault) }
        return second
    }

    /// Signs and sends once.
    ///
    /// - Returns: the answer, and by how much the clock that signed was off, where the answer tells.
    private func attempt(
        _ request: HTTPRequest, _ call: ServiceCall, credentials: SessionCredentials?
    ) async throws(AWSError) -> (response: HTTPResponse, correction: TimeInterval?) {
        guard let credentials else { return (try await send(request, call), nil) }
        let signer = Signer(credentials: credentials, region: endpoint.signingRegion, service: endpoint.signingName)
        let sent = time.now()
        let response = try await send(
            signer.sign(request, now: sent.addingTimeInterval(await clockSkew.offset)), call)
        return (response, await clockSkew.record(response, sent: sent, received: time.now()))
    }

    private func send(_ request: HTTPRequest, _ call: ServiceCall) async throws(AWSError) -> HTTPResponse {
        do throws(HTTPError) {
            return try await http.send(request)
        } catch {
            throw .transport(error, call)
        }
    }
}

extension AWSConnection {
    /// Calls an operation of the query protocol.
    ///
    /// - Returns: the answer's root, `<Action>Response`; what the operation returns is in its `<Action>Result`.
    func call(
        _ form: QueryForm, _ call: ServiceCall, credentials: SessionCredentials?, limits: HTTPLimits
    ) async throws(AWSError) -> XMLElement {
        let request = HTTPRequest(
            .post, endpoint.url, fields: [HTTPField("Content-Type", QueryForm.contentType)], body: form.body,
            limits: limits)
        let response = try await send(
            request, call, credentials: credentials, withholding: [form.token].compactMap(\.self))
        let root: XMLElement
        do { root = try XMLReader.read(response.body) } catch {
            throw .malformedAnswer(call, reason: "it is not the XML that was expected")
        }
        guard root.name == "\(form.action)Response" else {
            throw .malformedAnswer(call, reason: "it is no \(form.action)Response")
        }
        return root
    }
}
