import Domain

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

    /// Verifies a request's signature for a service.
    ///
    /// - Parameter service: `sts`, `iam` or `organizations`: what the signature's scope must name.
    /// - Throws: what AWS says of a request that is not signed as it should be.
    func caller(of request: ServerRequest, for service: String) throws(ServiceError) -> Caller {
        let regions = world.read { service == "sts" ? $0.regions : [$0.globalRegion(of: service)] }
        let verifier = SignatureVerifier(service: service, regions: regions, now: time.now()) { id in
            let session = self.sessions.read { $0[id] }
            return self.world.read { world in session.flatMap { world.accessKey($0) } ?? world.accessKey(id) }
        }
        return try verifier.verify(request)
    }
}
