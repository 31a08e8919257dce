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

/// An access key whole: what AWS is called with, and what a service connection holds.
package struct AccessKeyPair: Sendable {
    /// `AKIA…`; no secret.
    package let id: String
    package let secret: Secret

    package init(id: String, secret: Secret) { (self.id, self.secret) = (id, secret) }
}

/// What IAM knows of a key's last use; it learns of one within minutes to hours.
///
/// Source: IAM API reference, `GetAccessKeyLastUsed`.
package struct AccessKeyUse: Sendable, Equatable {
    /// Whose the key is.
    package let userName: String?
    /// `nil` where it has never been used.
    package let date: Date?
    /// Such as `s3`.
    package let service: String?
    package let region: String?

    package init(userName: String?, date: Date?, service: String? = nil, region: String? = nil) {
        (self.userName, self.date, self.service, self.region) = (userName, date, service, region)
    }
}
