package import Domain
import FoundationEssentials

/// A call of an AWS service, as policies name it.
package struct ServiceCall: Sendable, Equatable {
    package let service: Service
    /// The API operation, `CreateRole`.
    package let operation: String
    /// What the call is about, as a policy names it: an ARN, or `*`.
    package let resource: String
    /// Who calls: an ARN; `nil` when that is not known, or the call is not signed.
    package let caller: String?

    package init(_ service: Service, _ operation: String, on resource: String = "*", by caller: String? = nil) {
        (self.service, self.operation, self.resource, self.caller) = (service, operation, resource, caller)
    }

    /// The permission that the call takes: `iam:CreateRole`.
    package var action: String { "\(service.rawValue):\(operation)" }
}

/// Why a call of an AWS service brought nothing. Each names the call, so that nobody who makes one has to.
package enum AWSError: Error, Sendable, Equatable {
    /// There was no whole answer.
    case transport(HTTPError, ServiceCall)
    /// The service refused or failed.
    case service(ServiceFault)
    /// The answer's status says that all is well, but what it should hold is not in it. `reason` names what is
    /// missing, never a value.
    case malformedAnswer(ServiceCall, reason: String)

    /// The call that failed.
    package var call: ServiceCall {
        switch self {
        case .transport(_, let call), .malformedAnswer(let call, _): call
        case .service(let fault): fault.call
        }
    }

    /// The service's own code, `AccessDenied`; `nil` when there is none.
    package var code: String? { if case .service(let fault) = self { fault.code } else { nil } }
}

extension AWSError: RetryableError {
    /// That of the transport or of the fault; a malformed answer would only come again.
    package var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error, _): error.retryAdvice
        case .service(let fault): fault.retryAdvice
        case .malformedAnswer: .never
        }
    }
}

/// An error answer of an AWS service.
package struct ServiceFault: Sendable, Equatable {
    /// What was called.
    package let call: ServiceCall
    /// The HTTP status.
    package let status: Int
    /// `AccessDenied`; `nil` where the answer names none, as a proxy's or a load balancer's does not.
    package let code: String?
    /// The service's own words. Foreign text: to be cleaned before it is printed.
    package let message: String?
    /// What AWS support asks for.
    package let requestID: String?
    /// How long the service asks to wait.
    package let retryAfter: Duration?

    /// Takes the parts as they are.
    package init(
        _ call: ServiceCall, status: Int, code: String?, message: String? = nil, requestID: String? = nil,
        retryAfter: Duration? = nil
    ) {
        (self.call, self.status, self.code) = (call, status, code)
        (self.message, self.requestID, self.retryAfter) = (message, requestID, retryAfter)
    }

    /// What an answer says of the error it is; `nil` where its status says that there is none.
    ///
    /// - Parameter redaction: takes what was sent out of the message.
    package init?(
        _ response: HTTPResponse, to call: ServiceCall, _ redaction: TokenRedaction = TokenRedaction(of: [])
    ) {
        guard !(200..<300).contains(response.status) else { return nil }
        let details = Details(xml: response.body) ?? Details(json: response.body) ?? Details()
        let code = response.field("x-amzn-errortype") ?? details.code
        self.init(
            call, status: response.status, code: code.flatMap(Self.bareCode),
            message: details.message.map(redaction.apply),
            requestID: response.field("x-amzn-requestid") ?? details.requestID,
            retryAfter: Self.retryAfter(of: response))
    }

    /// JSON services write `namespace#Code`, and in the header `Code:address`.
    private static func bareCode(_ text: String) -> String? {
        let bare = text.split(separator: "#").last?.split(separator: ":").first ?? ""
        return bare.isEmpty ? nil : String(bare)
    }

    /// `x-amz-retry-after` is in milliseconds, `Retry-After` in seconds (RFC 9110 §10.2.3; its dates are not read).
    private static func retryAfter(of response: HTTPResponse) -> Duration? {
        if let text = response.field("x-amz-retry-after"), let wait = UInt32(text) { return .milliseconds(wait) }
        return response.field("retry-after").flatMap { UInt32($0) }.map { .seconds($0) }
    }

    /// What a body says, in the shape of one of the protocols.
    private struct Details: Decodable {
        var code: String?
        var message: String?
        var requestID: String?

        init() {}

        /// `ErrorResponse/Error` of the query protocol, or `Response/Errors/Error`.
        init?(xml body: Secret) {
            guard let root = try? XMLReader.read(body),
                let error = root.first("Error") ?? root.first("Errors/Error")
            else { return nil }
            code = error.string(at: "Code")
            message = error.string(at: "Message")
            requestID = root.string(at: "RequestId") ?? root.string(at: "RequestID")
        }

        init?(json body: Secret) {
            let decoded = body.withExposedBytes { try? JSONDecoder().decode(Details.self, from: Data($0)) }
            guard let decoded else { return nil }
            self = decoded
        }

        private enum CodingKeys: String, CodingKey {
            case type = "__type"
            case code, message
            case upperCaseMessage = "Message"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            // A field of another type than text is no reason to lose the others.
            func text(_ key: CodingKeys) -> String? { try? container.decodeIfPresent(String.self, forKey: key) }
            code = text(.type) ?? text(.code)
            message = text(.message) ?? text(.upperCaseMessage)
        }
    }
}

extension ServiceFault {
    /// What the AWS SDKs' standard mode calls throttling.
    private static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]
    private static let transientCodes: Set<String> = ["RequestTimeout", "RequestTimeoutException"]

    /// Whether the service turned the call away for its load, before doing anything about it.
    package var isThrottling: Bool { status == 429 || code.map(Self.throttlingCodes.contains) == true }

    /// As the AWS SDKs' standard mode has it, and besides: 408 and 429 pass whether or not a code comes with them.
    package var retryAdvice: RetryAdvice {
        if isThrottling { return .throttled(after: retryAfter) }
        let isTransient =
            [408, 500, 502, 503, 504].contains(status) || code.map(Self.transientCodes.contains) == true
            // STS could not reach the identity provider.
            || (call.service == .sts && code == "IDPCommunicationError")
        guard isTransient else { return .never }
        return retryAfter.map { .throttled(after: $0) } ?? .transient
    }
}
