import Foundation

/// What `ListSecretVersionIds` says.
struct SecretVersionPage: Encodable {
    /// A version in it.
    struct Entry: Encodable {
        let VersionId: String
        let VersionStages: [String]?
        let CreatedDate: Date
        let LastAccessedDate: Date?
        let KmsKeyIds = ["DefaultEncryptionKey"]

        init(_ version: AWSWorld.SecretVersion) {
            VersionId = version.id
            VersionStages = version.stages.isEmpty ? nil : version.stages
            (CreatedDate, LastAccessedDate) = (version.created, version.accessed)
        }
    }

    let ARN, Name: String
    let Versions: [Entry]
    let NextToken: String?
}
