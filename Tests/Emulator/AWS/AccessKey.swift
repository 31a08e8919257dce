/// What is behind an access key id.
struct AccessKey: Sendable {
    let secret: String
    let sessionToken: String?
    /// In seconds since 1970; `nil` for a long-term key.
    let expires: Int?
    let caller: Caller
}
