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
