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
    }

    private let connection: AWSConnection
    private let session: AWSSession

    init(_ service: Service, at endpoint: Endpoint, as session: AWSSession) {
        connection = AWSConnection(
            service: service, http: session.http, endpoint: endpoint, time: session.time, clockSkew: session.clockSkew)
        self.session = session
    }

    /// Calls an operation of the query protocol.
    ///
    /// - Returns: the answer's root, `<Action>Response`.
    func call(_ form: QueryForm, repetition: Repetition = .ofFailures) async throws(AWSError) -> XMLElement {
        try await run(repetition) { (limits) throws(AWSError) in
            try await connection.call(form, credentials: session.credentials, limits: limits)
        }
    }

    /// Calls an operation of the JSON 1.1 protocol.
    ///
    /// - Parameters:
    ///   - target: the service's name and version in the header, such as `AWSOrganizationsV20161128`.
    ///   - withheld: what is in the parameters and must not come back in an error.
    /// - Returns: the answer's JSON.
    @discardableResult
    func call(
        _ operation: String, target: String, _ parameters: [String: SecretJSON], withholding withheld: [Secret] = []
    ) async throws(AWSError) -> Secret {
        let body = SecretJSON.members(parameters).text
        return try await run(.ofFailures) { (limits) throws(AWSError) in
            let request = HTTPRequest(
                .post, connection.endpoint.url,
                fields: [
                    HTTPField("Content-Type", "application/x-amz-json-1.1"),
                    HTTPField("X-Amz-Target", Secret("\(target).\(operation)")),
                ], body: body, limits: limits)
            let response = try await connection.send(
                request, operation: operation, credentials: session.credentials, withholding: withheld)
            return response.body
        }
    }

    /// Calls an operation of the JSON 1.1 protocol whose answer is one of these.
    ///
    /// - Throws: ``AWSError/malformedAnswer(operation:reason:)`` also where it is none.
    func call<Answer: Decodable>(
        _ operation: String, target: String, _ parameters: [String: SecretJSON], as answer: Answer.Type
    ) async throws(AWSError) -> Answer {
        let json = try await call(operation, target: target, parameters)
        guard let decoded = json.withExposedBytes({ try? JSONDecoder().decode(answer, from: Data($0)) }) else {
            throw .malformedAnswer(operation: operation, reason: "it lacks what it should hold")
        }
        return decoded
    }

    private func run<Value: Sendable>(
        _ repetition: Repetition, _ attempt: (HTTPLimits) async throws(AWSError) -> Value
    ) async throws(AWSError) -> Value {
        try await session.retrier.run(advice: repetition.advice, attempt)
    }
}

extension SignedService.Repetition {
    /// What calling again after an error can bring.
    fileprivate func advice(after error: AWSError) -> RetryAdvice {
        switch (self, error) {
        case (.ofFailures, _): error.retryAdvice
        case (.ofThrottling, .service(let fault)) where fault.isThrottling: fault.retryAdvice
        case (.ofThrottling, _): .never
        }
    }
}
