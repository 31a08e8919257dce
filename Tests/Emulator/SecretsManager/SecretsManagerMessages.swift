import Foundation

/// How a call names a secret: by its name, its ARN, or its ARN without the six characters at the end.
struct SecretReference {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The secret in the account and the region of a call.
    func find(in world: AWSWorld, _ call: JSONCall) -> AWSWorld.StoredSecret? {
        let (account, region) = (call.caller.account, call.region)
        if let secret = world[secret: text, in: account, region: region] { return secret }
        let prefix = "arn:\(call.partition):secretsmanager:\(region):\(account):secret:"
        guard text.hasPrefix(prefix) else { return nil }
        let resource = String(text.dropFirst(prefix.count))
        guard Self.hasSuffix(resource) else { return world[secret: resource, in: account, region: region] }
        // What looks like a whole ARN is taken for one, so that some secrets' partial ARNs are misread.
        guard let secret = world[secret: String(resource.dropLast(7)), in: account, region: region],
            resource.hasSuffix(secret.suffix)
        else { return nil }
        return secret
    }

    /// Whether a resource ends with a hyphen and six characters.
    private static func hasSuffix(_ resource: String) -> Bool {
        resource.count > 7 && resource.dropLast(6).last == "-"
            && resource.suffix(6).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}

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

/// What a change of a secret says: which one it was, and for a new version which one.
struct SecretChange: Encodable {
    let ARN, Name: String
    var VersionId: String?
    var VersionStages: [String]?
}
