import Domain
import Foundation

/// Puts the claims of a job's tokens together.
struct JobTokens {
    let world: AzureWorld
    let now: Date

    /// The pipeline's token, `p://…`.
    func pipeline() throws -> String {
        try sign([
            "iss": .text(world.issuer), "sub": .text(world.pipelineSubject), "aud": .text(AzureWorld.audience),
            "org_id": .text(world.organizationID), "prj_id": .text(world.projectID),
            "def_id": .text(String(world.definitionID)), "run_id": .text(String(world.buildID)),
            "rpo_id": .text(world.repositoryID), "rpo_uri": .text("\(world.organization)/\(world.project)/_git/shop"),
            "rpo_ver": .text(world.commit), "rpo_ref": .text(world.branch),
        ])
    }

    /// A service connection's token, `sc://…` or `/eid1/…`.
    func connection(_ connection: AzureWorld.Connection) throws -> String {
        switch connection.kind {
        case .generic:
            try sign([
                "iss": .text(world.issuer), "sub": .text(world.subject(of: connection)),
                "aud": .text(AzureWorld.audience),
            ])
        case .entra:
            try sign(
                [
                    "iss": .text(world.entraIssuer), "sub": .text(entraSubject(of: connection)),
                    "aud": .text(AzureWorld.entraAudience), "azp": .text(AzureWorld.entraParty),
                ], lifetime: .seconds(86_400))
        }
    }

    private func entraSubject(of connection: AzureWorld.Connection) -> String {
        let tenant = Self.bytes(ofGUID: world.tenantID)
        let party = Self.bytes(ofGUID: AzureWorld.entraParty)
        return "/eid1/c/pub/t/\(Base64URL.encode(tenant))/a/\(Base64URL.encode(party))"
            + "/sc/\(world.organizationID)/\(connection.id)"
    }

    /// A GUID's sixteen bytes as .NET orders them: the first three groups little-endian.
    private static func bytes(ofGUID guid: String) -> [UInt8] {
        guard let uuid = UUID(uuidString: guid)?.uuid else { return [] }
        return [
            uuid.3, uuid.2, uuid.1, uuid.0, uuid.5, uuid.4, uuid.7, uuid.6, uuid.8, uuid.9, uuid.10, uuid.11, uuid.12,
            uuid.13, uuid.14, uuid.15,
        ]
    }

    private func sign(_ proper: [String: TokenClaim], lifetime: Duration? = nil) throws -> String {
        let options = world.token
        let issued = Int(now.timeIntervalSince1970)
        var claims = proper
        claims["jti"] = .text(UUID().uuidString.lowercased())
        claims["iat"] = .number(issued)
        claims["nbf"] = .number(issued + Int(options.notBefore.components.seconds))
        claims["exp"] = .number(issued + Int((lifetime ?? options.lifetime).components.seconds))
        if let issuer = options.issuer { claims["iss"] = .text(issuer) }
        if let audience = options.audience { claims["aud"] = .text(audience) }
        if let subject = options.subject { claims["sub"] = .text(subject) }
        return try TokenIssuer.token(claims: claims.merging(options.claims) { $1 }, isForged: options.isForged)
    }
}
