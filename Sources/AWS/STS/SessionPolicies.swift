package import Domain

/// Policies that narrow what a session may do, below what its role may.
package struct SessionPolicies: Sendable {
    /// A policy document, JSON.
    package var inline: String?
    /// Managed policies, at most ten.
    package var managed: [PolicyARN]

    /// None where nothing is given.
    package init(inline: String? = nil, managed: [PolicyARN] = []) { (self.inline, self.managed) = (inline, managed) }
}
