import Domain

/// AWS at one address: STS and IAM by the version a form names, Organizations by its `X-Amz-Target`.
///
/// Which service a request is signed for is that service's business.
package final class AWSService: Sendable {
    private let sts: STSService
    private let iam: IAMService
    private let organizations: OrganizationsService

    init(world: Shared<AWSWorld>, secrets: SecretMint, time: any TimeSource) {
        let state = AWSState(world: world, secrets: secrets, time: time)
        (sts, iam, organizations) = (
            STSService(state: state), IAMService(state: state), OrganizationsService(state: state)
        )
    }

    /// All operations there are.
    package static let operations = STSService.operations + IAMService.operations + OrganizationsService.operations

    /// Whether an operation of that name changes something in IAM.
    static func isWrite(_ operation: String) -> Bool {
        IAMService.parameters[operation] != nil && !operation.hasPrefix("Get") && !operation.hasPrefix("List")
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
        return OrganizationsService.operations.contains(operation) ? "organizations:\(operation)" : "sts:\(operation)"
    }

    /// A refusal in the form of the operation's service.
    static func answer(_ error: ServiceError, to operation: String) -> ServerAnswer {
        if OrganizationsService.operations.contains(operation) { return OrganizationsService.answer(error) }
        return (STSService.operations.contains(operation) ? QueryAPI.sts : .iam).error(error)
    }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        guard request.method == "POST", request.path == "/" else {
            return ServerAnswer(status: 302, fields: [("Location", "https://aws.amazon.com/iam")])
        }
        if request.field("x-amz-target") != nil { return organizations.answer(request) }
        let type = request.field("content-type")?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded", request.query == nil else {
            let message = "The request is missing an action or a required parameter."
            return QueryAPI.sts.error(ServiceError(code: "MissingAction", message: message))
        }
        return answer(request, request.formItems)
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
