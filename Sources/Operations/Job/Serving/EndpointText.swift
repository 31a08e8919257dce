import AzureDevOps
import Domain
import LinuxSystem

/// Where the endpoint is, for later steps, a shell or a program.
struct EndpointText {
    /// What leads to it: taken back when it ends.
    static let variables = ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]

    let endpoint: CredentialEndpoint
    /// The first one is what SDKs find by themselves.
    let roles: [String]
    let region: String?
    /// Variables that would lead SDKs elsewhere.
    let precedence: CredentialPrecedence

    /// - Throws: ``FormatError`` or ``LoggingCommand/Failure`` where a path cannot be written so.
    func render(_ format: HandoverFormat) throws -> Secret {
        let variables = variables
        let others = precedence.variables.filter { name in !variables.contains { $0.name == name } }
        let names = format.canUnset ? others : others.filter { !CredentialPrecedence.lasting.contains($0) }
        return try Self.text(format, setting: variables, unsetting: names) ?? json
    }

    /// What makes an environment lose what led to an endpoint that has ended; nothing to a program.
    static func forgetting(_ format: HandoverFormat, _ context: Context) throws -> Secret {
        let further = context.environment.keys.filter { $0.hasPrefix(ServedRole.variablePrefix) }.sorted()
        return try text(format, setting: [], unsetting: variables + further) ?? ""
    }

    private var variables: [EnvironmentVariable] {
        let further = roles.dropFirst().map {
            EnvironmentVariable(
                name: ServedRole.variable(of: $0), value: Secret(endpoint.address(of: $0)), isSecret: false)
        }
        return endpoint.variables(for: roles.first ?? CredentialEndpoint.defaultName, region: region) + further
    }

    /// - Returns: `nil` for what is no environment.
    private static func text(
        _ format: HandoverFormat, setting variables: [EnvironmentVariable], unsetting names: [String]
    ) throws -> Secret? {
        switch format {
        case .pipeline: try PipelineVariables.lines(setting: variables, blanking: names)
        case .text(let format): try format.environment(setting: variables, unsetting: names)
        }
    }

    private var json: Secret {
        let addresses = Dictionary(roles.map { ($0, JSONValue.text(endpoint.address(of: $0))) }) { first, _ in first }
        var members: [String: JSONValue] = [
            "Port": .integer(Int64(endpoint.port)), "ProcessId": .integer(Int64(ThisProcess.id)),
            "AuthorizationTokenFile": .text(endpoint.tokenFile), "Roles": .members(addresses),
        ]
        if let region { members["Region"] = .text(region) }
        let order = ["Port", "ProcessId", "AuthorizationTokenFile", "Region", "Roles"] + roles
        return Secret(JSONReport.text(.serve, members, order: order))
    }
}
