/// An access key whole: what AWS is called with, and what a service connection holds.
package struct AccessKeyPair: Sendable {
    /// `AKIA…`; no secret.
    package let id: String
    package let secret: Secret

    package init(id: String, secret: Secret) { (self.id, self.secret) = (id, secret) }
}
