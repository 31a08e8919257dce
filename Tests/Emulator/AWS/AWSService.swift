import Domain

/// AWS at one address: STS and IAM by the version a form names, all other services by their `X-Amz-Target`.
///
/// Which service a request is signed for is that service's business.
package final class AWSService: Sendable {
    let state: AWSState
    private let sts: STSService
    private let iam: IAMService
    private let organizations: OrganizationsService
    private let secretsManager: SecretsManagerService
    private let systemsManager: SystemsManagerService

    init(world: Shared<AWSWorld>, secrets: SecretMint, time: any TimeSource) {
        state = AWSState(world: world, secrets: secrets, time: time)
        (sts, iam, organizations) = (
            STSService(state: state), IAMService(state: state), OrganizationsService(state: state)
        )
        (secretsManager, systemsManager) = (SecretsManagerService(state: state), SystemsManagerService(state: state))
    }

    /// Whether AWS would take these credentials now, exactly as it would those of a signed request: one attempt with
    /// the key, which ``AWSWorld/accessKeyPropagation`` counts, and where it succeeds a use of it.
    ///
    /// - Parameter sessionToken: `nil` or empty for a long-term key.
    package func accepts(accessKeyID: String, secretAccessKey: String, sessionToken: String?) -> Bool {
        state.accepts(
            accessKeyID, secret: secretAccessKey, sessionToken: sessionToken.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// All operations there are.
    package static let operations =
        STSService.operations + IAMService.operations + JSONAPI.all.flatMap(\.operations)

    /// Whether an operation of that name changes something for good, which those of STS do not.
    static func isWrite(_ operation: String) -> Bool {
        operations.contains(operation) && !STSService.operations.contains(operation)
            && !["Get", "List", "Describe"].contains { operation.hasPrefix($0) }
    }

    /// The operation a request names, or `unknown`.
    static func operation(of request: ServerRequest) -> String {
        if let target = request.field("x-amz-target") {
            return target.split(separator: ".").last.map(String.init) ?? ""
        }
        return action(in: request.formItems)
    }

    private static func action(in form: [(name: String, value: String)]) -> String {
        form.first { $0.name == "Action" }?.value ?? "unknown"
    }

    /// An operation as policies name it: `iam:CreateRole`.
    static func action(of operation: String) -> String {
        if IAMService.parameters[operation] != nil { return "iam:\(operation)" }
        return "\(jsonAPI(of: operation)?.service ?? "sts"):\(operation)"
    }

    private static func jsonAPI(of operation: String) -> JSONAPI? {
        JSONAPI.all.first { $0.operations.contains(operation) }
    }

    /// A refusal in the form of the operation's service.
    static func answer(_ error: ServiceError, to operation: String) -> ServerAnswer {
        if let api = jsonAPI(of: operation) { return api.error(error) }
        return (STSService.operations.contains(operation) ? QueryAPI.sts : .iam).error(error)
    }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        guard request.method == "POST", request.path == "/" else {
            return ServerAnswer(status: 302, fields: [("Location", "https://aws.amazon.com/iam")])
        }
        if request.field("x-amz-target") != nil { return answerJSON(request) }
        let type = request.field("content-type")?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded", request.query == nil else {
            let message = "The request is missing an action or a required parameter."
            return QueryAPI.sts.error(ServiceError(code: "MissingAction", message: message))
        }
        return answer(request, request.formItems)
    }

    private func answerJSON(_ request: ServerRequest) -> ServerAnswer {
        if JSONAPI.secretsManager.isTarget(of: request) {
            return JSONAPI.secretsManager.answer(request, state, perform: secretsManager.perform)
        }
        if JSONAPI.systemsManager.isTarget(of: request) {
            return JSONAPI.systemsManager.answer(request, state, perform: systemsManager.perform)
        }
        return JSONAPI.organizations.answer(request, state, perform: organizations.perform)
    }

    private func answer(_ request: ServerRequest, _ form: [(name: String, value: String)]) -> ServerAnswer {
        let action = Self.action(in: form)
        let version = form.first { $0.name == "Version" }?.value ?? "NO_VERSION_SPECIFIED"
        let noOperation = ServiceError(
            code: "InvalidAction", message: "Could not find operation \(action) for version \(version)")
        let api = version == QueryAPI.iam.version ? QueryAPI.iam : .sts
        do throws(ServiceError) {
            switch version {
            case QueryAPI.iam.version where IAMService.parameters[action] != nil:
                return api.result(of: action, try iam.perform(action, request, form))
            case QueryAPI.sts.version:
                guard let elements = try sts.perform(action, request, form) else { throw noOperation }
                return api.result(of: action, elements)
            default: throw noOperation
            }
        } catch {
            return api.error(error)
        }
    }
}
