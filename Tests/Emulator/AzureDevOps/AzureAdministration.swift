import Foundation

/// What Azure DevOps tells people with a personal access token: the organisation's connection data and its projects.
struct AzureAdministration: Sendable {
    let world: Shared<AzureWorld>
    let secrets: SecretMint

    /// Checks the organisation, the token, the method and the version, in this order.
    func answer(_ request: ServerRequest) -> ServerAnswer {
        let world = world.value
        let parts = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
        guard parts[0].lowercased() == world.organization.lowercased() else {
            return AzureErrors.html(404, title: "The resource cannot be found.")
        }
        if let refusal = authorization(request, in: world) { return refusal }
        guard request.method == "GET" else { return TokenFailure.notAllowed(request.method, but: "GET") }
        let isProject = parts.count == 4
        if let refusal = AzureVersion.refusal(of: request, isPreview: !isProject) { return refusal }
        return isProject ? project(parts[3], in: world) : connectionData(in: world)
    }

    /// The answer to whoever may not ask: without a token to the sign-in page, unless that is not wanted. Its body is
    /// empty, and its fields name the tenant, which many take for the organisation's id.
    private func authorization(_ request: ServerRequest, in world: AzureWorld) -> ServerAnswer? {
        let header = request.field("authorization")
        if let header, accepts(header) { return nil }
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

    /// A personal access token goes as the password of Basic authentication, whoever the user; the others as they are.
    private func accepts(_ header: String) -> Bool {
        let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return false }
        switch parts[0].lowercased() {
        case "bearer": return [secrets.accessToken, secrets.entraAccessToken].contains(parts[1])
        case "basic":
            let text = Data(base64Encoded: parts[1]).map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard let colon = text.firstIndex(of: ":") else { return false }
            return [secrets.accessToken, secrets.personalAccessToken].contains(
                String(text[text.index(after: colon)...]))
        default: return false
        }
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

    private func project(_ asked: String, in world: AzureWorld) -> ServerAnswer {
        struct Project: Encodable {
            let id, name, url: String
            let state = "wellFormed"
            let revision = 11
            let visibility = "private"
            let lastUpdateTime = "2026-01-01T00:00:00Z"
        }
        guard [world.project.lowercased(), world.projectID.lowercased()].contains(asked.lowercased()) else {
            return AzureErrors.wrapped(
                404,
                "TF200016: The following project does not exist: \(asked). Verify that the name of the project is "
                    + "correct and that the project exists on the specified Azure DevOps Server.",
                type: "ProjectDoesNotExistWithNameException", in: "Microsoft.TeamFoundation.Core.WebApi")
        }
        let url = "https://dev.azure.com/\(world.organization)/_apis/projects/\(world.projectID)"
        return AzureErrors.json(200, Project(id: world.projectID, name: world.project, url: url))
    }
}
