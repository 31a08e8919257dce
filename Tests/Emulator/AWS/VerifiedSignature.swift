/// What a request's signature has shown.
struct VerifiedSignature: Sendable {
    let caller: Caller
    let accessKeyID: String
    /// The region it is scoped to.
    let region: String
}
