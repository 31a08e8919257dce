/// What a change of a secret says: which one it was, and for a new version which one.
struct SecretChange: Encodable {
    let ARN, Name: String
    var VersionId: String?
    var VersionStages: [String]?
}
