package import Domain

/// A service connection as the REST API has it, where it is called a service endpoint.
///
/// The whole document is kept: an update replaces all of it, and what is left out is lost. Values of secrets are never
/// in it.
///
/// Source: Azure DevOps REST API 7.1, "Service Endpoint: Endpoints"; the parameters are those of the AWS Toolkit for
/// Azure DevOps, `vss-extension.json`.
package struct ServiceConnection: Sendable, Equatable {
    /// How far the service is with what it was last told to do.
    package struct OperationState: Sendable, Equatable {
        /// `Ready`, `InProgress` or `Failed`.
        package let state: String
        /// The service's own words. Foreign text: to be cleaned before it is printed.
        package let message: String?
    }

    /// A project that has the connection.
    package struct ProjectReference: Sendable, Equatable {
        package let project: Project
        /// The connection's name in that project.
        package let name: String?
    }

    /// The parameters that nobody may read back.
    private static let confidential: Set<String> = ["password", "sessiontoken"]

    package let id: ServiceConnectionID
    /// As the service gave it. Foreign text.
    package let document: [String: JSONValue]

    /// - Returns: `nil` where the document has no id.
    package init?(_ document: [String: JSONValue]) {
        guard let id = document["id"]?.textValue.flatMap({ ServiceConnectionID($0) }) else { return nil }
        self.id = id
        var document = document
        if case .members(var authorization)? = document["authorization"],
            case .members(let parameters)? = authorization["parameters"]
        {
            // Azure DevOps masks them as null; whoever else answers may not.
            let masked = parameters.map { name, value in
                let isSecret = Self.confidential.contains(name.lowercased()) && value != .text("")
                return (name, isSecret ? .null : value)
            }
            authorization["parameters"] = .members(Dictionary(masked) { first, _ in first })
            document["authorization"] = .members(authorization)
        }
        self.document = document
    }

    /// In the project it was asked for in. Empty where the service did not tell.
    package var name: String { document["name"]?.textValue ?? "" }
    /// `aws` for the AWS Toolkit's.
    package var type: String? { document["type"]?.textValue }
    package var description: String? { document["description"]?.textValue }
    /// Whether jobs can use it.
    package var isReady: Bool { document["isReady"] == .boolean(true) }

    /// `nil` where nothing is under way and nothing failed.
    package var operationState: OperationState? {
        guard let status = document["operationStatus"]?.members, let state = status["state"]?.textValue else {
            return nil
        }
        return OperationState(state: state, message: status["statusMessage"]?.textValue)
    }

    /// How far Azure DevOps is with the connection.
    package var status: ConnectionStatus {
        if operationState?.state.lowercased() == "failed" { return .failed }
        return isReady ? .ready : .inProgress
    }

    /// `UsernamePassword` for the AWS Toolkit's.
    package var scheme: String? { authorization?["scheme"]?.textValue }

    /// The id of the access key it holds. With OIDC there should be none.
    package var accessKeyID: String? { parameter("username")?.nonEmptyText }

    /// Whether jobs get credentials by their OIDC token. The parameter is text: `"false"` is not `true`.
    package var usesOIDC: Bool {
        switch parameter("useOIDC") {
        case .text(let text): text.lowercased() == "true"
        case .boolean(let value): value
        default: false
        }
    }

    /// The role that is assumed, with OIDC or with the access key.
    package var roleARN: String? { parameter("assumeRoleArn")?.nonEmptyText }

    /// Whether it holds a session token, which the service masks as null.
    package var hasSessionToken: Bool { parameter("sessionToken").map { $0 != .text("") } ?? false }

    /// The projects that have it. Empty where the service did not tell.
    package var projectReferences: [ProjectReference] {
        guard case .list(let references)? = document["serviceEndpointProjectReferences"] else { return [] }
        return references.compactMap { reference in
            guard let project = reference.members?["projectReference"]?.members, let id = project["id"]?.textValue
            else { return nil }
            return ProjectReference(
                project: Project(id: id, name: project["name"]?.textValue ?? ""),
                name: reference.members?["name"]?.textValue)
        }
    }

    /// Whether parts are missing, as they are for a caller with too few rights. An update made of it would lose them.
    package var isPartial: Bool {
        type == nil || document["data"]?.members == nil || scheme == nil || parameters == nil
            || projectReferences.isEmpty
    }

    private var authorization: [String: JSONValue]? { document["authorization"]?.members }
    private var parameters: [String: JSONValue]? { authorization?["parameters"]?.members }

    /// The service looks parameters up in either case of letters.
    private func parameter(_ name: String) -> JSONValue? {
        parameters?.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}

extension JSONValue {
    fileprivate var nonEmptyText: String? { textValue.flatMap { $0.isEmpty ? nil : $0 } }
    fileprivate var members: [String: JSONValue]? { if case .members(let members) = self { members } else { nil } }
}

/// The id of a service connection, which Azure DevOps wants where people tend to give the name.
package struct ServiceConnectionID: Sendable, Equatable, CustomStringConvertible {
    /// The GUID, lower case.
    package let text: String

    /// - Returns: `nil` where the text is no GUID.
    package init?(_ text: String) {
        guard GUID.isValid(text) else { return nil }
        self.text = text.lowercased()
    }

    package var description: String { text }
}
