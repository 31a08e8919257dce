import Foundation

/// The service connections of an organisation, as `_apis/serviceendpoint/endpoints` gives and takes them.
///
/// Secrets are never given; an update replaces everything (Endpoints - Update Service Endpoint, REST 7.1).
struct ServiceEndpoints: Sendable {
    /// What a caller wants to do with what is listed.
    private enum ActionFilter: String {
        case none, manage, use, view
    }

    let world: Shared<AzureWorld>
    let secrets: SecretMint

    // MARK: - Reading

    /// `GET /{organization}/{project}/_apis/serviceendpoint/endpoints/{id}`: `null` where there is none.
    func get(_ id: String, project asked: String, _ request: ServerRequest, for caller: AzureCaller) -> ServerAnswer {
        let world = world.value
        guard let project = world.project(asked) else { return AzureErrors.noProject(asked) }
        guard let filter = Self.actionFilter(request) else { return Self.noFilter(request) }
        if let refusal = Self.refusal(of: filter, for: caller) { return refusal }
        guard UUID(uuidString: id) != nil else { return AzureErrors.html(404, title: "The resource cannot be found.") }
        guard let connection = world.connections.first(where: { $0.id.lowercased() == id.lowercased() }),
            let shown = show(connection, in: project, of: world, to: caller, filter)
        else { return AzureErrors.json(200, object: NSNull()) }
        read([connection.id])
        return AzureErrors.json(200, object: shown)
    }

    /// `GET /{organization}/{project}/_apis/serviceendpoint/endpoints`.
    func list(project asked: String, _ request: ServerRequest, for caller: AzureCaller) -> ServerAnswer {
        let world = world.value
        guard let project = world.project(asked) else { return AzureErrors.noProject(asked) }
        guard let filter = Self.actionFilter(request) else { return Self.noFilter(request) }
        if let refusal = Self.refusal(of: filter, for: caller) { return refusal }
        let names = Self.values("endpointNames", of: request)
        let ids = Self.values("endpointIds", of: request)
        let type = Self.value("type", of: request)
        let includesFailed = Self.value("includeFailed", of: request)?.lowercased() == "true"
        let listed = world.connections.filter { connection in
            guard let reference = connection.references.first(where: { world.has(project, $0) }) else { return false }
            return (names.isEmpty || names.contains(reference.name.lowercased()))
                && (ids.isEmpty || ids.contains(connection.id.lowercased()))
                && (type == nil || type?.lowercased() == connection.type.lowercased())
                && (includesFailed || ServiceEndpointObject.isReady(connection))
        }
        read(listed.map(\.id))
        let shown = listed.compactMap { show($0, in: project, of: world, to: caller, filter) }
        return AzureErrors.json(200, object: ["count": shown.count, "value": shown])
    }

    /// What the caller gets to see of a connection; `nil` for nothing.
    private func show(
        _ connection: AzureWorld.Connection, in project: AzureWorld.Project, of world: AzureWorld,
        to caller: AzureCaller, _ filter: ActionFilter
    ) -> [String: Any]? {
        guard let reference = connection.references.first(where: { world.has(project, $0) }) else { return nil }
        let role = caller.role(for: connection, in: world)
        switch (filter, role) {
        case (.manage, .user), (.manage, .reader), (.use, .reader), (.view, .reader): return nil
        case (.none, .reader): return ServiceEndpointObject.partial(connection, as: reference)
        default: return ServiceEndpointObject.whole(connection, as: reference, of: world)
        }
    }

    /// Counts a read of connections of which an update is under way.
    private func read(_ ids: [String]) {
        world.change { world in
            for index in world.connections.indices where ids.contains(world.connections[index].id) {
                guard case .inProgress(let reads) = world.connections[index].status else { continue }
                let settled = world.updateFails ? AzureWorld.Connection.Status.failed : .ready
                world.connections[index].status = reads > 1 ? .inProgress(reads: reads - 1) : settled
            }
        }
    }

    // MARK: - Updating

    /// `PUT /{organization}/_apis/serviceendpoint/endpoints/{id}`.
    func put(_ id: String, _ request: ServerRequest, for caller: AzureCaller) -> ServerAnswer {
        guard caller.has(scope: "vso.serviceendpoint_manage") else { return TokenFailure.unauthorized.answer }
        let type = request.field("content-type")?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard type == "application/json" else {
            return AzureErrors.improper(
                415, "The request entity's media type '\(type ?? "")' is not supported for this resource.")
        }
        guard let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] else {
            return AzureErrors.argument(
                "Value cannot be null.\r\nParameter name: endpoint", type: "ArgumentNullException")
        }
        return world.change { world in
            guard let index = world.connections.firstIndex(where: { $0.id.lowercased() == id.lowercased() }) else {
                return AzureErrors.wrapped(
                    404, "Service endpoint with id \(id) does not exist.", type: "ServiceEndpointNotFoundException",
                    in: "Microsoft.VisualStudio.Services.ServiceEndpoints.WebApi")
            }
            let old = world.connections[index]
            do throws(ServiceEndpointUpdate.Refusal) {
                var new = try ServiceEndpointUpdate(body, id: id, world: world).applied(to: old)
                guard caller.role(for: old, in: world) == .administrator else { return AzureErrors.notAdministrator }
                if world.readyAfterReads > 0 {
                    new.status = .inProgress(reads: world.readyAfterReads)
                } else {
                    new.status = world.updateFails ? .failed : .settled
                }
                world.connections[index] = new
                for name in AzureWorld.Connection.confidentialNames {
                    if let secret = new.parameters[name], secret.count >= 16 { secrets.remember(secret) }
                }
                return AzureErrors.json(200, object: ServiceEndpointObject.whole(new, as: new.references[0], of: world))
            } catch {
                return error.answer
            }
        }
    }

    // MARK: - The query

    private static func refusal(of filter: ActionFilter, for caller: AzureCaller) -> ServerAnswer? {
        let scope = filter == .manage ? "vso.serviceendpoint_manage" : "vso.serviceendpoint"
        return caller.has(scope: scope) ? nil : TokenFailure.unauthorized.answer
    }

    /// `nil` where the query names a filter there is not.
    private static func actionFilter(_ request: ServerRequest) -> ActionFilter? {
        value("actionFilter", of: request).map { ActionFilter(rawValue: $0.lowercased()) } ?? ActionFilter.none
    }

    private static func noFilter(_ request: ServerRequest) -> ServerAnswer {
        AzureErrors.improper(
            400, "The value '\(value("actionFilter", of: request) ?? "")' is not valid for ServiceEndpointActionFilter."
        )
    }

    private static func value(_ name: String, of request: ServerRequest) -> String? {
        request.queryItems.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// A list that commas divide, in lower case.
    private static func values(_ name: String, of request: ServerRequest) -> [String] {
        (value(name, of: request) ?? "").lowercased().split(separator: ",").map(String.init)
    }
}

extension AzureWorld {
    /// Whether a reference is to that project.
    func has(_ project: Project, _ reference: Connection.Reference) -> Bool {
        (reference.project ?? self.project) == project.name
    }
}
