package import FoundationEssentials

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
