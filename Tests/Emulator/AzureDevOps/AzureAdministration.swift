import Foundation

/// What Azure DevOps tells administrators: the organisation's connection data, its projects, its service connections.
struct AzureAdministration: Sendable {
    let world: Shared<AzureWorld>
    let secrets: SecretMint

    /// Checks the organisation, the token, the usage, the method and the version, in this order.
    func answer(_ request: ServerRequest, operation: String) -> ServerAnswer {
        let world = world.value
        let parts = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
        guard parts[0].lowercased() == world.organization.lowercased() else {
            return AzureErrors.html(404, title: "The resource cannot be found.")
        }
        guard let caller = AzureCaller(request, in: world, secrets: secrets) else {
            return stranger(request, in: world)
        }
        let limit = takeRateLimit()
        if let limit, limit.isBlocked { return AzureErrors.blocked(retryAfter: limit.seconds) }
        let answer = answer(request, operation: operation, parts, caller)
        return limit.map { answer.addingRateLimit(retryAfter: $0.seconds) } ?? answer
    }

    private func answer(
        _ request: ServerRequest, operation: String, _ parts: [String], _ caller: AzureCaller
    ) -> ServerAnswer {
        let world = world.value
        let method = operation == "serviceendpoint-put" ? "PUT" : "GET"
        guard request.method == method else { return TokenFailure.notAllowed(request.method, but: method) }
        let isPreview =
            operation == "connectionData" || operation.hasPrefix("serviceendpoint") && world.wantsPreviewVersion
        let revision = operation == "connectionData" ? 1 : 4
        if let refusal = AzureVersion.refusal(of: request, isPreview: isPreview, revision: revision) { return refusal }
        let endpoints = ServiceEndpoints(world: self.world, secrets: secrets)
        switch operation {
        case "serviceendpoint-put": return endpoints.put(parts[4], request, for: caller)
        case "serviceendpoint-get": return endpoints.get(parts[5], project: parts[1], request, for: caller)
        case "serviceendpoint-list": return endpoints.list(project: parts[1], request, for: caller)
        case "connectionData": return connectionData(in: world)
        default:
            guard caller.has(scope: "vso.project") else { return TokenFailure.unauthorized.answer }
            let projects = AzureProjects(world: world)
            return operation == "project" ? projects.get(parts[3]) : projects.list(request)
        }
    }

    /// What is said of usage now; `nil` for nothing.
    private func takeRateLimit() -> (isBlocked: Bool, seconds: Int)? {
        world.change { world in
            guard let limit = world.rateLimit else { return nil }
            if limit.blocks > 0 { world.rateLimit?.blocks -= 1 }
            return (limit.blocks > 0, limit.retryAfter)
        }
    }

    /// The answer to whoever may not ask: without a token to the sign-in page, unless that is not wanted. Its body is
    /// empty, and its fields name the tenant, which many take for the organisation's id.
    private func stranger(_ request: ServerRequest, in world: AzureWorld) -> ServerAnswer {
        let header = request.field("authorization")
        let suppresses = request.field("x-tfs-fedauthredirect")?.lowercased() == "suppress"
        let goesToSignIn = header == nil && !suppresses
        let location = goesToSignIn ? [("Location", "/_signin?realm=dev.azure.com&reply_to=%2F")] : []
        let challenges = [
            "Bearer authorization_uri=https://login.microsoftonline.com/\(world.tenantID)",
            "Basic realm=\"https://dev.azure.com/\"", "TFS-Federated",
        ]
        return ServerAnswer(
            status: goesToSignIn ? 302 : 401,
            fields: location + [("X-VSS-ResourceTenant", world.tenantID)] + challenges.map { ("WWW-Authenticate", $0) })
    }

    private func connectionData(in world: AzureWorld) -> ServerAnswer {
        struct User: Encodable {
            let id = "a1b2c3d4-0000-4000-8000-00000000000a"
            let descriptor = "Microsoft.IdentityModel.Claims.ClaimsIdentity;contoso\\admin@contoso.example"
            let subjectDescriptor = "aad.YTFiMmMzZDQ"
            let providerDisplayName = "Administrator"
            let isActive = true
            let properties = ["Account": ["$type": "System.String", "$value": "admin@contoso.example"]]
            let resourceVersion = 2
            let metaTypeId = 0
        }
        struct ConnectionData: Encodable {
            let authenticatedUser = User()
            let authorizedUser = User()
            let instanceId: String
            let deploymentId = "a1b2c3d4-0000-4000-8000-00000000000d"
            let deploymentType = "hosted"
            let locationServiceData = ["serviceOwner": "00025394-6065-48ca-87d9-7f5672854ef7"]
        }
        return AzureErrors.json(200, ConnectionData(instanceId: world.organizationID))
    }
}
