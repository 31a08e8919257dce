/// Who makes a signed call, and what they may do.
struct Caller: Sendable {
    let account: String
    /// Of the session or the user.
    let arn: String
    let userID: String
    /// The ARN that trust policies name: the role's or the user's.
    let principalARN: String
    /// The name of the user who calls; `nil` for a role's session.
    let userName: String?
    /// Whether everything is allowed that is not denied.
    let isAdministrator: Bool
    let mayAssume: [String]
    let deniedActions: [String]

    /// Whether the caller is a role's session, so that assuming a role is chaining.
    var isSession: Bool { userName == nil }

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

/// What a request's signature has shown.
struct VerifiedSignature: Sendable {
    let caller: Caller
    let accessKeyID: String
    /// The region it is scoped to.
    let region: String
}
