import TLSCrypto

extension AWSWorld {
    /// What is behind a long-term key's id, where the host that is asked takes it: the key is active, and not so new
    /// that this host has not heard of it. One attempt with the key.
    mutating func takeAccessKey(_ id: String) -> AccessKey? {
        guard let user = owner(ofKey: id), var key = user.accessKeys.first(where: { $0.id == id }),
            key.status == .active
        else { return nil }
        if !key.outcomes.isEmpty {
            let isKnown = key.outcomes.removeFirst()
            changeAccessKey(id) { $0 = key }
            guard isKnown else { return nil }
        }
        let arn = arn(of: user)
        let caller = Caller(
            account: user.account, arn: arn, userID: self.id(of: user), principalARN: arn, userName: user.name,
            isAdministrator: user.isAdministrator, mayAssume: [], deniedActions: user.deniedActions)
        return AccessKey(secret: key.secret, sessionToken: nil, expires: nil, caller: caller)
    }

    /// `AIDA…`.
    func id(of user: User) -> String { Self.uniqueID(prefix: "AIDA", of: arn(of: user)) }

    /// What is behind a session's key; `nil` where the role is gone.
    func accessKey(_ session: RoleSession) -> AccessKey? {
        guard let role = self[role: session.roleARN] else { return nil }
        return AccessKey(
            secret: session.secret, sessionToken: session.token, expires: session.expires,
            caller: caller(role, sessionName: session.name))
    }

    func caller(_ role: Role, sessionName: String) -> Caller {
        Caller(
            account: role.account,
            arn: "arn:\(partition):sts::\(role.account):assumed-role/\(role.name)/\(sessionName)",
            userID: "\(role.id):\(sessionName)", principalARN: arn(of: role), userName: nil,
            isAdministrator: role.attachedPolicies.contains("arn:\(partition):iam::aws:policy/AdministratorAccess"),
            mayAssume: role.mayAssume, deniedActions: role.deniedActions)
    }

    /// An id as IAM gives it to users and roles: the same for the same name.
    static func uniqueID(prefix: String, of name: String) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        return prefix + String(Digest.sha256(Array(name.utf8)).prefix(17).map { letters[Int($0) % letters.count] })
    }
}
