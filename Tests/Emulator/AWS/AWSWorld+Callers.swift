import TLSCrypto

extension AWSWorld {
    /// What is behind a long-term key's id, where the key is active.
    func accessKey(_ id: String) -> AccessKey? {
        guard let user = users[id], user.isKeyActive else { return nil }
        let arn = arn(of: user)
        let caller = Caller(
            account: user.account, arn: arn, userID: Self.uniqueID(prefix: "AIDA", of: arn), principalARN: arn,
            isSession: false, isAdministrator: true, mayAssume: [],
            deniedActions: user.deniedActions)
        return AccessKey(secret: user.secretAccessKey, sessionToken: nil, expires: nil, caller: caller)
    }

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
            userID: "\(role.id):\(sessionName)", principalARN: arn(of: role), isSession: true,
            isAdministrator: role.attachedPolicies.contains("arn:\(partition):iam::aws:policy/AdministratorAccess"),
            mayAssume: role.mayAssume, deniedActions: role.deniedActions)
    }

    /// An id as IAM gives it to users and roles: the same for the same name.
    static func uniqueID(prefix: String, of name: String) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        return prefix + String(Digest.sha256(Array(name.utf8)).prefix(17).map { letters[Int($0) % letters.count] })
    }
}
