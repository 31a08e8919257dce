package import FoundationEssentials

/// An access key of an IAM user, as IAM lists it: without its secret.
package struct AccessKey: Sendable, Equatable {
    /// Whether AWS takes it.
    package enum Status: String, Sendable {
        case active = "Active"
        case inactive = "Inactive"
        /// AWS itself ended it.
        case expired = "Expired"
    }

    /// `AKIA…`; no secret.
    package let id: String
    package var status: Status
    package let created: Date

    package init(id: String, status: Status, created: Date) {
        (self.id, self.status, self.created) = (id, status, created)
    }
}
