import Foundation

/// What `GetSecretValue` says.
struct SecretValue: Encodable {
    let ARN, Name, VersionId: String
    let SecretString: String?
    /// In base64.
    let SecretBinary: String?
    let VersionStages: [String]?
    let CreatedDate: Date

    init(_ version: AWSWorld.SecretVersion, of secret: AWSWorld.StoredSecret, arn: String) {
        (ARN, Name, VersionId, CreatedDate) = (arn, secret.name, version.id, version.created)
        VersionStages = version.stages.isEmpty ? nil : version.stages
        switch version.value {
        case .text(let text): (SecretString, SecretBinary) = (text, nil)
        case .bytes(let bytes): (SecretString, SecretBinary) = (nil, Data(bytes).base64EncodedString())
        }
    }
}
