package import Domain

/// What a service connection shall become: the whole of it, since the service keeps nothing that it is not sent.
package struct ServiceConnectionUpdate: Sendable {
    /// What the service writes itself.
    private static let readOnly: Set<String> = ["createdBy", "isReady", "operationStatus"]

    /// Which connection it is.
    package let id: ServiceConnectionID
    /// The document, to be sent as it is.
    package let body: Secret
    /// What is in ``body`` and must not come back in an error.
    let secrets: [Secret]

    /// - Parameter parameters: what changes of the authorisation's parameters; the others stay.
    fileprivate init(_ connection: ServiceConnection, _ parameters: [String: SecretJSON], secrets: [Secret] = []) {
        id = connection.id
        self.secrets = secrets
        var document = connection.document.filter { !Self.readOnly.contains($0.key) }.mapValues(SecretJSON.value)
        var authorization: [String: JSONValue] = [:]
        if case .members(let members)? = connection.document["authorization"] { authorization = members }
        var all: [String: SecretJSON] = [:]
        if case .members(let members)? = authorization["parameters"] {
            let changed = Set(parameters.keys.map { $0.lowercased() })
            all = members.filter { !changed.contains($0.key.lowercased()) }.mapValues(SecretJSON.value)
        }
        all.merge(parameters) { _, new in new }
        document["authorization"] = .members(
            authorization.mapValues(SecretJSON.value).merging(["parameters": .members(all)]) { _, new in new })
        body = SecretJSON.members(document).text
    }
}

/// The updates. None is to be made of a connection that ``ServiceConnection/isPartial``.
extension ServiceConnection {
    /// The same with another access key. A session token, which belongs to the key, goes.
    package func replacingAccessKey(_ pair: AccessKeyPair) -> ServiceConnectionUpdate {
        ServiceConnectionUpdate(self, Self.parameters(of: pair), secrets: [pair.secret])
    }

    /// The same with OIDC for the access key, of which nothing stays: where the id is left without the secret, the
    /// tasks of the AWS Toolkit end with "Need to define or omit both".
    ///
    /// Source: AWS Toolkit for Azure DevOps 1.15 to 1.23, `src/lib/awsConnectionParameters.ts`, its issue 564.
    ///
    /// - Parameter role: the ARN of the role that jobs assume by their token.
    package func switchedToOIDC(role: String) -> ServiceConnectionUpdate {
        ServiceConnectionUpdate(
            self,
            [
                "useOIDC": .value("true"), "assumeRoleArn": .value(.text(role)), "username": .value(""),
                "password": .value(""), "sessionToken": .value(""),
            ])
    }

    /// The same with an access key for OIDC. Not to use OIDC is said by an empty text: the AWS Toolkit's task for
    /// PowerShell takes every other one for a yes.
    ///
    /// Source: AWS Toolkit for Azure DevOps 1.23, `RunAWSPowerShellModuleScript.ps1`; in `vss-extension.json` the
    /// parameter is an optional text.
    ///
    /// - Parameter role: the ARN of the role to assume with the key; `nil` for none.
    package func switchedToAccessKey(_ pair: AccessKeyPair, role: String?) -> ServiceConnectionUpdate {
        let parameters: [String: SecretJSON] = [
            "useOIDC": .value(""), "assumeRoleArn": .value(.text(role ?? "")),
        ]
        return ServiceConnectionUpdate(
            self, parameters.merging(Self.parameters(of: pair)) { first, _ in first }, secrets: [pair.secret])
    }

    /// The session token of another key would fail every call, so it is sent empty and not left out.
    private static func parameters(of pair: AccessKeyPair) -> [String: SecretJSON] {
        ["username": .value(.text(pair.id)), "password": .secret(pair.secret), "sessionToken": .value("")]
    }
}
