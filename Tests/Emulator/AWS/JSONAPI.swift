import Foundation

/// A service of AWS's JSON 1.1 protocol: the operation in `X-Amz-Target`, a JSON object in, another one out.
struct JSONAPI: Sendable {
    static let organizations = JSONAPI(
        service: "organizations", target: "AWSOrganizationsV20161128",
        parameters: ["ListAccounts": ["NextToken", "MaxResults"], "DescribeOrganization": []],
        validationCode: "InvalidInputException",
        codes: ["Throttling": "TooManyRequestsException", "ServiceFailure": "ServiceException"])
    static let secretsManager = JSONAPI(
        service: "secretsmanager", target: "secretsmanager",
        parameters: [
            "DescribeSecret": ["SecretId"],
            "ListSecretVersionIds": ["SecretId", "MaxResults", "NextToken", "IncludeDeprecated"],
            "GetSecretValue": ["SecretId", "VersionId", "VersionStage"],
            "PutSecretValue": ["SecretId", "ClientRequestToken", "SecretString", "SecretBinary", "VersionStages"],
            "UpdateSecretVersionStage": ["SecretId", "VersionStage", "RemoveFromVersionId", "MoveToVersionId"],
        ],
        codes: [
            "ServiceFailure": "InternalServiceError", "InternalFailure": "InternalServiceError",
            "LimitExceeded": "LimitExceededException",
        ])
    static let systemsManager = JSONAPI(
        service: "ssm", target: "AmazonSSM", parameters: ["GetParameter": ["Name", "WithDecryption"]],
        messageName: "message",
        codes: ["ServiceFailure": "InternalServerError", "InternalFailure": "InternalServerError"])

    static let all = [organizations, secretsManager, systemsManager]

    /// As the scopes of signatures and the actions of policies name it.
    let service: String
    private let target: String
    /// Those of every operation there is.
    private let parameters: [String: Set<String>]
    /// What a parameter against the service's model is called.
    private var validationCode = "ValidationException"
    /// The member that has an error's text.
    private var messageName = "Message"
    /// The service's own names of errors that all of AWS has.
    private let codes: [String: String]

    var operations: [String] { parameters.keys.sorted() }

    /// Whether a request is for this service.
    func isTarget(of request: ServerRequest) -> Bool {
        request.field("x-amz-target")?.hasPrefix("\(target).") ?? false
    }

    /// Does what a request asks for, after who calls and the names of the parameters are found to be in order.
    ///
    /// - Parameter perform: checks the parameters, the permission, and then what there is.
    func answer(
        _ request: ServerRequest, _ state: AWSState,
        perform: (inout JSONCall) throws(ServiceError) -> any Encodable
    ) -> ServerAnswer {
        do throws(ServiceError) {
            var call = try call(request, state)
            return Self.answer(200, try perform(&call))
        } catch {
            return self.error(error)
        }
    }

    private func call(_ request: ServerRequest, _ state: AWSState) throws(ServiceError) -> JSONCall {
        let operation = String((request.field("x-amz-target") ?? "").dropFirst(target.count + 1))
        guard isTarget(of: request), let known = parameters[operation],
            request.field("content-type") == "application/x-amz-json-1.1", request.query == nil
        else { throw .unknownOperation }
        let signature = try state.signature(of: request, for: service)
        return JSONCall(
            service: service, operation: operation, caller: signature.caller, region: signature.region,
            partition: state.world.read(\.partition),
            parameters: try JSONParameters(request.body, known: known, code: validationCode))
    }

    /// A refusal. What all of AWS has goes by other names in this protocol, and is the caller's fault in 400.
    func error(_ error: ServiceError) -> ServerAnswer {
        let code = codes[error.code] ?? Self.commonCodes[error.code] ?? error.code
        // What is in front of all services writes its member small.
        let name = Self.frontCodes.contains(code) ? "message" : messageName
        let text = error.message.isEmpty ? [:] : [name: error.message]
        return Self.answer(error.status < 500 ? 400 : error.status, ["__type": code].merging(text) { $1 })
    }

    private static let commonCodes = [
        "AccessDenied": "AccessDeniedException", "ExpiredToken": "ExpiredTokenException",
        "IncompleteSignature": "IncompleteSignatureException", "InvalidClientTokenId": "UnrecognizedClientException",
        "MissingAuthenticationToken": "MissingAuthenticationTokenException",
        "SignatureDoesNotMatch": "InvalidSignatureException", "Throttling": "ThrottlingException",
        "ServiceUnavailable": "ServiceUnavailableException",
    ]

    private static let frontCodes: Set = [
        "ExpiredTokenException", "IncompleteSignatureException", "UnrecognizedClientException",
        "MissingAuthenticationTokenException", "InvalidSignatureException",
    ]

    private static func answer(_ status: Int, _ body: any Encodable) -> ServerAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.dateEncodingStrategy = .secondsSince1970
        return ServerAnswer(
            status: status,
            fields: [
                ("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-RequestId", UUID().uuidString.lowercased()),
            ], body: Array((try? encoder.encode(body)) ?? Data()))
    }
}

/// One call of a service of the JSON protocol.
struct JSONCall {
    let service: String
    let operation: String
    let caller: Caller
    /// The region the signature is scoped to: that of the service's endpoint.
    let region: String
    let partition: String
    var parameters: JSONParameters

    /// Comes after all parameters are read: what is wrong with them is told first.
    ///
    /// - Throws: where a parameter was wrong, or the caller may not do this.
    func authorize(_ resource: String) throws(ServiceError) {
        try parameters.throwViolations()
        try authorize("\(service):\(operation)", on: resource)
    }

    /// - Throws: where the caller may not do an action, `kms:Decrypt`.
    func authorize(_ action: String, on resource: String) throws(ServiceError) {
        guard caller.may(action) else { throw .notAuthorized(caller, action, on: resource) }
    }
}
