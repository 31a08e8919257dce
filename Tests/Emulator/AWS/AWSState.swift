import Domain
import Foundation

/// What the services of AWS share: the world, the sessions given out, the clock.
final class AWSState: Sendable {
    let world: Shared<AWSWorld>
    let secrets: SecretMint
    let time: any TimeSource
    /// By access key id.
    private let sessions = Shared<[String: RoleSession]>([:])

    init(world: Shared<AWSWorld>, secrets: SecretMint, time: any TimeSource) {
        (self.world, self.secrets, self.time) = (world, secrets, time)
    }

    func remember(_ session: RoleSession, as id: String) { sessions.change { $0[id] = session } }

    /// Verifies a request's signature for a service, and notes the use of a long-term key.
    ///
    /// - Parameter service: `sts`, `iam` and so on: what the signature's scope must name.
    /// - Throws: what AWS says of a request that is not signed as it should be.
    func signature(of request: ServerRequest, for service: String) throws(ServiceError) -> VerifiedSignature {
        let regions = world.read { Self.globalServices.contains(service) ? [$0.globalRegion(of: service)] : $0.regions }
        let verifier = SignatureVerifier(service: service, regions: regions, now: time.now(), key: take)
        let signature = try verifier.verify(request)
        noteUse(of: signature.accessKeyID, by: service, in: signature.region)
        return signature
    }

    /// Who has signed a request for a service: ``signature(of:for:)``.
    func caller(of request: ServerRequest, for service: String) throws(ServiceError) -> Caller {
        try signature(of: request, for: service).caller
    }

    /// Whether `GetCallerIdentity` would take these credentials now, which is a use of them.
    func accepts(_ id: String, secret: String, sessionToken: String?) -> Bool {
        guard let key = take(id), key.sessionToken == sessionToken, key.secret == secret,
            key.expires.map({ Int(time.now().timeIntervalSince1970) < $0 }) ?? true
        else { return false }
        noteUse(of: id, by: "sts", in: world.read { $0.globalRegion(of: "sts") })
        return true
    }

    /// Those that have one endpoint for all regions.
    private static let globalServices: Set = ["iam", "organizations"]

    /// What is behind an access key's id: one attempt with the key. Its secret is a canary from then on, if it was
    /// none.
    private func take(_ id: String) -> AccessKey? {
        if let session = sessions.read({ $0[id] }) { return world.read { $0.accessKey(session) } }
        let key = world.change { $0.takeAccessKey(id) }
        if let key { secrets.remember(key.secret) }
        return key
    }

    private func noteUse(of id: String, by service: String, in region: String) {
        guard sessions.read({ $0[id] == nil }) else { return }
        let use = AWSWorld.UserKey.Use(date: time.now(), service: service, region: region)
        world.change { $0.changeAccessKey(id) { $0.lastUse = use } }
    }
}
