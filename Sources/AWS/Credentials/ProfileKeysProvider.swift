import Domain

/// The keys that a profile has in one of the two files.
struct ProfileKeysProvider: CredentialProvider {
    let profile: String
    let file: ProfileDocument.Kind
    let context: ProviderContext

    var name: String { "keys of profile \(profile) in the \(file == .config ? "config" : "credentials") file" }

    func credentials() throws(CredentialError) -> ProviderResult {
        guard let profile = context.profiles[profile] else { return .passedOver(reason: "there is no such profile") }
        let properties = file == .config ? profile.config : profile.credentials
        func value(_ key: String) -> Secret? { properties[key].flatMap { $0.isEmpty ? nil : $0 } }

        let (id, key) = (value("aws_access_key_id"), value("aws_secret_access_key"))
        if id == nil && key == nil { return .passedOver(reason: "it has no aws_access_key_id there") }
        guard let id else { throw failed(.incomplete(missing: "aws_access_key_id")) }
        guard let key else { throw failed(.incomplete(missing: "aws_secret_access_key")) }
        // The older name first, as botocore has it.
        let credentials = SessionCredentials(
            accessKeyID: id, secretAccessKey: key,
            sessionToken: value("aws_security_token") ?? value("aws_session_token"), expiration: nil)
        return .found(try FoundCredentials(credentials, from: self))
    }
}
