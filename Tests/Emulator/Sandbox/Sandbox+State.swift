extension Sandbox {
    /// What the connections, the users with access keys and the stores of secrets hold, a line each, always in the same
    /// order and without a secret or a random value: two sandboxes with the same lines are the same.
    ///
    /// ```
    /// user ci-deploy key1=Active key2=Inactive
    /// connection aws-prod type=aws key=ci-deploy.key1 secret=right token=none ready=true projects=[Web Shop: aws-prod]
    /// secret ci/key AWSCURRENT=ci-deploy.key1 AWSPREVIOUS=other
    /// parameter /ci/key versions=2 value=ci-deploy.key1
    /// ```
    package var connectionState: [String] {
        let (azure, aws) = (self.azure, self.aws)
        let lines = StateLines(aws)
        return lines.users + azure.connections.map { lines.line(of: $0, in: azure) } + lines.secrets + lines.parameters
    }
}

/// Names keys by their users and by the order in which they were made, for lines that are the same in every sandbox.
private struct StateLines {
    private let world: AWSWorld

    init(_ world: AWSWorld) { self.world = world }

    private func all<Value>(_ values: (AWSWorld.Account) -> [Value]) -> [Value] {
        world.accounts.sorted { $0.key < $1.key }.flatMap { values($0.value) }
    }

    var users: [String] {
        all { $0.users.values.filter { !$0.isAdministrator }.sorted { $0.name < $1.name } }.map { user in
            let keys = user.accessKeys.enumerated().map { " key\($0.offset + 1)=\($0.element.status.rawValue)" }
            return "user \(user.name)\(keys.joined())"
        }
    }

    func line(of connection: AzureWorld.Connection, in azure: AzureWorld) -> String {
        let names = connection.references.map { "\($0.project ?? azure.project): \($0.name)" }
        let parameters = connection.parameters
        let secret = parameters["password", default: ""]
        let isRight = world[accessKey: parameters["username", default: ""]]?.secret == secret
        let words = [
            "connection \(connection.name)", "type=\(connection.type)",
            connection.type == "aws" ? "useOIDC=\(parameters["useOIDC", default: "none"])" : nil,
            "key=\(parameters["username"].map { name(ofKey: $0) } ?? "none")",
            "secret=\(secret.isEmpty ? "none" : isRight ? "right" : "other")",
            "token=\(parameters["sessionToken", default: ""].isEmpty ? "none" : "some")",
            parameters["assumeRoleArn"].flatMap { $0.isEmpty ? nil : "role=\($0)" },
            "ready=\(ServiceEndpointObject.isReady(connection))", "projects=[\(names.joined(separator: ", "))]",
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }

    var secrets: [String] {
        all { $0.secrets.values.sorted { ($0.name, $0.region) < ($1.name, $1.region) } }.map { secret in
            let stages = secret.versions.flatMap { version in
                version.stages.map { stage in (stage, version.value) }
            }.sorted { $0.0 < $1.0 }
            let words = stages.map { stage, value in
                if case .text(let text) = value { return " \(stage)=\(name(ofKeyIn: text))" }
                return " \(stage)=bytes"
            }
            return "secret \(secret.name)\(words.joined())\(secret.deletion == nil ? "" : " deleted")"
        }
    }

    var parameters: [String] {
        all { $0.parameters.values.sorted { ($0.name, $0.region) < ($1.name, $1.region) } }.map { parameter in
            let value = parameter.versions.last.map { name(ofKeyIn: $0.value) } ?? "none"
            return "parameter \(parameter.name) versions=\(parameter.versions.count) value=\(value)"
        }
    }

    /// `ci-deploy.key1`; `gone` where nobody has a key of that id.
    private func name(ofKey id: String) -> String {
        if id.isEmpty { return "none" }
        guard let user = world.owner(ofKey: id), let index = user.accessKeys.firstIndex(where: { $0.id == id }) else {
            return "gone"
        }
        return "\(user.name).key\(index + 1)"
    }

    /// The key whose id and secret a text holds; `other` for any other text.
    private func name(ofKeyIn text: String) -> String {
        // Nasty secrets are escaped where the text is JSON.
        let plain = text.replacing("\\\\", with: "\\").replacing("\\\"", with: "\"").replacing("\\/", with: "/")
        // A text may name an earlier key besides the one that it keeps.
        let named = all { $0.users.values.sorted { $0.name < $1.name } }.flatMap(\.accessKeys)
            .filter { text.contains($0.id) }
        if let kept = named.first(where: { plain.contains($0.secret) }) { return name(ofKey: kept.id) }
        return named.first.map { "\(name(ofKey: $0.id)) without its secret" } ?? "other"
    }
}
