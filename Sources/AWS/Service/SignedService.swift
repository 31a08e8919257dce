import Domain
import FoundationEssentials

/// One service as one principal calls it.
struct SignedService: Sendable {
    /// What is tried again.
    enum Repetition {
        /// Whatever can pass: for calls that may be made twice.
        case ofFailures
        /// Only what the service turned away for its load, which did nothing for sure: for calls that must not take
        /// effect twice.
        case ofThrottling
        /// Nothing: for calls that are made to see what comes of one.
        case none

        /// What calling again after an error can bring.
        func advice(after error: AWSError) -> RetryAdvice {
            switch (self, error) {
            case (.ofFailures, _): error.retryAdvice
            case (.ofThrottling, .service(let fault)) where fault.isThrottling: fault.retryAdvice
            case (.ofThrottling, _), (.none, _): .never
            }
        }
    }

    private let service: Service
    private let connection: AWSConnection
    let session: AWSSession

    init(_ service: Service, at endpoint: Endpoint, as session: AWSSession) {
        connection = AWSConnection(
            http: session.http, endpoint: endpoint, time: session.time, clockSkew: session.clockSkew)
        (self.service, self.session) = (service, session)
    }

    /// The region that its requests are signed for.
    var region: String { connection.endpoint.signingRegion }

    /// A call as this principal makes it.
    func call(named operation: String, on resource: String) -> ServiceCall {
        ServiceCall(service, operation, on: resource, by: session.identity.arn)
    }

    /// Calls an operation of the query protocol.
    ///
    /// - Parameter resource: what it is about, as a policy names it.
    /// - Returns: the answer's root, `<Action>Response`.
    func call(
        _ form: QueryForm, on resource: String, repetition: Repetition = .ofFailures
    ) async throws(AWSError) -> XMLElement {
        let call = call(named: form.action, on: resource)
        return try await run(repetition) { (limits) throws(AWSError) in
            try await connection.call(form, call, credentials: session.credentials, limits: limits)
        }
    }

    /// Calls an operation of the JSON 1.1 protocol.
    ///
    /// - Parameters:
    ///   - resource: what it is about, as a policy names it.
    ///   - target: the service's name and version in the header, such as `AWSOrganizationsV20161128`.
    ///   - withheld: what is in the parameters and must not come back in an error.
    /// - Returns: the answer's JSON.
    @discardableResult
    func call(
        _ operation: String, on resource: String, target: String, _ parameters: [String: SecretJSON],
        withholding withheld: [Secret] = []
    ) async throws(AWSError) -> Secret {
        let call = call(named: operation, on: resource)
        let body = SecretJSON.members(parameters).text
        return try await run(.ofFailures) { (limits) throws(AWSError) in
            let request = HTTPRequest(
                .post, connection.endpoint.url,
                fields: [
                    HTTPField("Content-Type", "application/x-amz-json-1.1"),
                    HTTPField("X-Amz-Target", Secret("\(target).\(operation)")),
                ], body: body, limits: limits)
            let response = try await connection.send(
                request, call, credentials: session.credentials, withholding: withheld)
            return response.body
        }
    }

    /// Calls an operation of the JSON 1.1 protocol whose answer is one of these.
    ///
    /// - Throws: ``AWSError/malformedAnswer(_:reason:)`` also where it is none.
    func call<Answer: Decodable>(
        _ operation: String, on resource: String, target: String, _ parameters: [String: SecretJSON],
        as answer: Answer.Type
    ) async throws(AWSError) -> Answer {
        let json = try await call(operation, on: resource, target: target, parameters)
        guard let decoded = json.withExposedBytes({ try? JSONDecoder().decode(answer, from: Data($0)) }) else {
            throw .malformedAnswer(call(named: operation, on: resource), reason: "it lacks what it should hold")
        }
        return decoded
    }

    private func run<Value: Sendable>(
        _ repetition: Repetition, _ attempt: (HTTPLimits) async throws(AWSError) -> Value
    ) async throws(AWSError) -> Value {
        try await session.retrier.run(advice: repetition.advice(after:), attempt)
    }
}
