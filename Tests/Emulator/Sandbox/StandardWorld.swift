extension AWSWorld {
    /// The accounts, providers and roles a sandbox has at first.
    static func standard(for azure: AzureWorld, secrets: SecretMint) -> AWSWorld {
        let issuer = azure.issuer.dropFirst("https://".count)
        let entraIssuer = azure.entraIssuer.dropFirst("https://".count)
        var world = AWSWorld(secrets: secrets)
        world.accounts = [home: Account(name: "home"), "444455556666": Account(name: "other")]
        world.add(Provider(account: home, url: String(issuer), clientIDs: [AzureWorld.audience]))
        // STS compares the authorised party where there is one; the audience is listed for whoever compares that.
        world.add(
            Provider(
                account: home, url: String(entraIssuer), clientIDs: [AzureWorld.entraParty, AzureWorld.entraAudience]))
        let prefix = "sc://\(azure.organization)/\(azure.project)/"
        let own = trustPolicy(
            account: home, issuer: issuer, audience: AzureWorld.audience,
            subjects: ["\(prefix)aws-prod", azure.pipelineSubject])
        let roles = [
            Role(
                account: home, name: "deploy", trustPolicy: own, maxSessionDuration: 43200,
                mayAssume: [Sandbox.RoleARN.chained]),
            Role(account: home, name: "read-only", trustPolicy: own),
            Role(
                account: home, name: "stranger",
                trustPolicy: trustPolicy(
                    account: home, issuer: issuer, audience: AzureWorld.audience,
                    subjects: ["sc://\(azure.organization)/Other Project/aws-prod"])),
            Role(
                account: home, name: "entra",
                trustPolicy: trustPolicy(
                    account: home, issuer: entraIssuer, audience: AzureWorld.entraParty,
                    subjects: ["/eid1/*/sc/\(azure.organizationID)/*"])),
            Role(account: "444455556666", name: "chained", trustPolicy: chainedTrustPolicy),
        ]
        for role in roles { world.add(role) }
        world.addUser(name: "administrator", isAdministrator: true)
        world.addOwners(of: azure)
        return world
    }

    private static func trustPolicy(
        account: String, issuer: Substring, audience: String, subjects: [String]
    ) -> String {
        """
        {
          "Version": "2012-10-17",
          "Statement": [{
            "Effect": "Allow",
            "Principal": {"Federated": "arn:aws:iam::\(account):oidc-provider/\(issuer)"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
              "StringEquals": {"\(issuer):aud": "\(audience)"},
              "StringLike": {"\(issuer):sub": [\(subjects.map { "\"\($0)\"" }.joined(separator: ", "))]}
            }
          }]
        }
        """
    }

    private static let chainedTrustPolicy = """
        {
          "Version": "2012-10-17",
          "Statement": [{
            "Effect": "Allow",
            "Principal": {"AWS": "\(Sandbox.RoleARN.deploy)"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "\(Sandbox.externalID)"}}
          }]
        }
        """
}
