import Foundation

/// What an update wants a service connection to be. It is the whole: what is left out is gone.
///
/// Members that only the service sets (`createdBy`, `isReady`, `isShared`, `operationStatus`) are ignored.
struct ServiceEndpointUpdate {
    /// Why an update is not made.
    struct Refusal: Error {
        let answer: ServerAnswer

        init(_ answer: ServerAnswer) { self.answer = answer }

        init(_ message: String) { answer = AzureErrors.argument(message) }
    }

    private let body: [String: Any]
    private let world: AzureWorld

    /// - Throws: for a body of another connection.
    init(_ body: [String: Any], id: String, world: AzureWorld) throws(Refusal) {
        (self.body, self.world) = (body, world)
        guard let own = body["id"] as? String, own.lowercased() == id.lowercased() else {
            throw Refusal("The endpoint id in the request body does not match the endpoint id in the URL: \(id).")
        }
    }

    /// - Returns: the connection as it is then; what Azure DevOps does not know of it stays.
    /// - Throws: where the update is wrong in itself.
    func applied(to old: AzureWorld.Connection) throws(Refusal) -> AzureWorld.Connection {
        var new = old
        guard let type = try text("type"), !type.isEmpty else {
            throw Refusal("Value cannot be null or empty.\r\nParameter name: endpoint.Type")
        }
        guard type.lowercased() == old.type.lowercased() else {
            throw Refusal("Endpoint type cannot be updated. The type of the endpoint is \(old.type).")
        }
        new.references = try references()
        new.owner = try text("owner") ?? "library"
        guard ["library", "agentcloud", "boards", "environment"].contains(new.owner.lowercased()) else {
            throw Refusal("Service endpoint owner '\(new.owner)' is invalid.")
        }
        // A description or a name that is left out is the one exception; the others come with the references.
        new.description = try text("description") ?? old.description
        new.url = try url(for: old)
        new.data = try texts(body["data"], "data").compactMapValues(\.self)
        guard let authorization = body["authorization"] as? [String: Any],
            let scheme = authorization["scheme"] as? String
        else { throw Refusal("Value cannot be null.\r\nParameter name: endpoint.Authorization") }
        guard scheme == old.scheme else {
            throw Refusal("The authorization scheme '\(scheme)' is not supported for an endpoint of type '\(type)'.")
        }
        let given = try texts(authorization["parameters"], "parameters")
        new.parameters = given.compactMapValues(\.self)
        if world.keepsSecretsGivenAsNull {
            for name in AzureWorld.Connection.confidentialNames where given[name] == .some(nil) {
                new.parameters[name] = old.parameters[name]
            }
        }
        return new
    }

    /// Each by the project's id, or else its name.
    private func references() throws(Refusal) -> [AzureWorld.Connection.Reference] {
        guard let list = body["serviceEndpointProjectReferences"] as? [[String: Any]], !list.isEmpty else {
            throw Refusal("At least one project reference required to update an endpoint.")
        }
        var references: [AzureWorld.Connection.Reference] = []
        for item in list {
            let reference = item["projectReference"] as? [String: Any]
            guard let asked = (reference?["id"] ?? reference?["name"]) as? String else {
                throw Refusal("Project reference information is not provided for the endpoint.")
            }
            guard let project = world.project(asked) else { throw Refusal(AzureErrors.noProject(asked)) }
            guard let name = item["name"] as? String, !name.isEmpty else {
                throw Refusal("Name in the service endpoint project reference cannot be null or empty.")
            }
            let own = project.name == world.project ? nil : project.name
            guard !references.contains(where: { $0.project == own }) else {
                throw Refusal("The project '\(project.name)' is referenced more than once.")
            }
            try checkName(name, in: own)
            references.append(
                .init(project: own, name: name, description: item["description"] as? String ?? ""))
        }
        return references
    }

    /// In a project there are no two connections of one name.
    private func checkName(_ name: String, in project: String?) throws(Refusal) {
        let id = (body["id"] as? String)?.lowercased()
        let isTaken = world.connections.contains { connection in
            connection.id.lowercased() != id
                && connection.references.contains {
                    $0.project == project && $0.name.lowercased() == name.lowercased()
                }
        }
        guard !isTaken else {
            throw Refusal(
                AzureErrors.wrapped(
                    409,
                    "Service connection with name \(name) already exists. Only a user having Administrator/User role "
                        + "permissions on service connection \(name) can see it.",
                    type: "DuplicateServiceConnectionException",
                    in: "Microsoft.VisualStudio.Services.ServiceEndpoints.WebApi"))
        }
    }

    /// AWS connections have one address, whatever is said; the others want one.
    private func url(for old: AzureWorld.Connection) throws(Refusal) -> String {
        if old.type == "aws" { return "https://aws.amazon.com/" }
        guard let url = try text("url"), !url.isEmpty else {
            throw Refusal("Value cannot be null.\r\nParameter name: endpoint.Url")
        }
        return url
    }

    private func text(_ name: String) throws(Refusal) -> String? {
        switch body[name] {
        case nil, is NSNull: return nil
        case let text as String: return text
        default: throw Refusal("'\(name)' is not a string.")
        }
    }

    /// A dictionary of texts, some of which may be null.
    private func texts(_ value: Any?, _ name: String) throws(Refusal) -> [String: String?] {
        if value == nil || value is NSNull { return [:] }
        guard let object = value as? [String: Any] else { throw Refusal("'\(name)' is not an object.") }
        var texts: [String: String?] = [:]
        for (key, item) in object {
            guard item is NSNull || item is String else { throw Refusal("'\(name).\(key)' is not a string.") }
            texts[key] = .some(item as? String)
        }
        return texts
    }
}
