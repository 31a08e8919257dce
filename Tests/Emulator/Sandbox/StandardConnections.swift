extension AzureWorld {
    /// The service connections a sandbox has at first.
    ///
    /// Two hold access keys: `aws-prod`, of the user `ci-deploy`, and `aws-shared`, of the user `ci-shared`, which
    /// another project has too under the name `aws-from-shop`. The other AWS connections are on OIDC.
    static func standard(secrets: SecretMint) -> AzureWorld {
        var world = AzureWorld()
        func id(_ number: Int) -> String { "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c00\(number)" }
        var shared = Connection(id: id(15), name: "aws-shared", parameters: accessKey(secrets))
        shared.description = "for the shop and its friends"
        shared.references[0].description = "for the shop and its friends"
        shared.references.append(
            .init(project: "Other Project", name: "aws-from-shop", description: "the shop's"))
        var azure = Connection(
            id: id(12), name: "azure-prod", kind: .entra, url: "https://management.azure.com/",
            parameters: [
                "tenantid": world.tenantID, "serviceprincipalid": "0a1b2c3d-0000-4000-8000-000000000012",
                "workloadIdentityFederationIssuer": world.entraIssuer,
            ])
        azure.scheme = "WorkloadIdentityFederation"
        azure.data = ["environment": "AzureCloud", "scopeLevel": "Subscription", "subscriptionName": "Shop"]
        world.connections = [
            Connection(id: id(10), name: "aws-prod", parameters: accessKey(secrets)),
            Connection(id: id(11), name: "aws-forgotten", isReferenced: false),
            azure,
            Connection(id: id(13), name: "aws-test"),
            Connection(id: id(14), name: "aws-prod", project: "Other Project"),
            shared,
            Connection(
                id: id(16), name: "registry", type: "generic", url: "https://registry.example/",
                parameters: ["username": "shop", "password": secrets.secretKey()]),
        ]
        return world
    }

    /// As the AWS toolkit's dialogue stores them: what was left empty is there, and empty.
    private static func accessKey(_ secrets: SecretMint) -> [String: String] {
        [
            "username": secrets.accessKeyID(prefix: "AKIA"), "password": secrets.secretKey(), "sessionToken": "",
            "assumeRoleArn": "", "roleSessionName": "", "externalId": "", "useOIDC": "false",
        ]
    }
}

extension AWSWorld {
    /// Adds the users whose keys the connections hold, one for each: `aws-prod` has that of `ci-deploy`, `aws-shared`
    /// that of `ci-shared`.
    mutating func addOwners(of azure: AzureWorld) {
        for (connection, name) in [("aws-prod", "ci-deploy"), ("aws-shared", "ci-shared")] {
            guard let parameters = azure[connection: connection]?.parameters, let id = parameters["username"],
                let secret = parameters["password"]
            else { continue }
            var user = User(account: Self.home, name: name)
            user.accessKeys = [UserKey(id: id, secret: secret)]
            self[user: name, in: Self.home] = user
        }
    }
}
