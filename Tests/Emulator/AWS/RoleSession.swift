/// A session of a role. What it may do is what the role may at the time of a call.
struct RoleSession: Sendable {
    let secret: String
    let token: String
    /// In seconds since 1970.
    let expires: Int
    let roleARN: String
    let name: String
}
