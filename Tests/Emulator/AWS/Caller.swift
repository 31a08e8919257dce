import TLSCrypto

/// Who makes a signed call, and what they may do.
struct Caller: Sendable {
    let account: String
    /// Of the session or the user.
    let arn: String
    let userID: String
    /// The ARN that trust policies name: the role's or the user's.
    let principalARN: String
    /// Whether the caller is a role's session, so that assuming a role is chaining.
    let isSession: Bool
    /// Whether everything is allowed that is not denied.
    let isAdministrator: Bool
    let mayAssume: [String]
    let deniedActions: [String]

    /// Whether the caller's policies allow an action, `iam:CreateRole`.
    func may(_ action: String) -> Bool { isAdministrator && !isDenied(action) }

    /// Whether the caller's policies allow `action`, one of those by which a role is assumed, on a role.
    func may(_ action: String, on role: String) -> Bool {
        !isDenied(action) && (isAdministrator || mayAssume.contains { Wildcard.matches(role, pattern: $0) })
    }

    private func isDenied(_ action: String) -> Bool {
        deniedActions.contains { Wildcard.matches(action.lowercased(), pattern: $0.lowercased()) }
    }
}

/// What is behind an access key id.
struct AccessKey: Sendable {
    let secret: String
    let sessionToken: String?
    /// In seconds since 1970; `nil` for a long-term key.
    let expires: Int?
    let caller: Caller
}

/// A session of a role. What it may do is what the role may at the time of a call.
struct RoleSession: Sendable {
    let secret: String
    let token: String
    /// In seconds since 1970.
    let expires: Int
    let roleARN: String
    let name: String
}

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
