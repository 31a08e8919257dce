import Foundation

/// What `DescribeSecret` says.
struct SecretDescription: Encodable {
    let ARN, Name: String
    let Description: String?
    let CreatedDate, LastChangedDate: Date
    let LastAccessedDate, DeletedDate: Date?
    /// Deprecated versions are not in it; `nil` where no version is.
    let VersionIdsToStages: [String: [String]]?
    let Tags: [String] = []

    init(_ secret: AWSWorld.StoredSecret, arn: String) {
        (ARN, Name, Description) = (arn, secret.name, secret.description)
        (CreatedDate, LastChangedDate) = (secret.created, secret.changed)
        (LastAccessedDate, DeletedDate) = (secret.accessed, secret.deletion)
        let staged = secret.versions.filter { !$0.stages.isEmpty }.map { ($0.id, $0.stages) }
        VersionIdsToStages = staged.isEmpty ? nil : Dictionary(uniqueKeysWithValues: staged)
    }
}
