import Domain
import FoundationEssentials

/// `AWS_ACCESS_KEY_ID` and what goes with it.
struct EnvironmentProvider: CredentialProvider {
    let context: ProviderContext

    let name = "environment variables"

    func credentials() throws(CredentialError) -> ProviderResult {
        let id = context.variable("AWS_ACCESS_KEY_ID")
        let key = context.variable("AWS_SECRET_ACCESS_KEY")
        if id == nil && key == nil { return .passedOver(reason: "AWS_ACCESS_KEY_ID is not set") }
        guard let id else { throw failed(.incomplete(missing: "AWS_ACCESS_KEY_ID")) }
        guard let key else { throw failed(.incomplete(missing: "AWS_SECRET_ACCESS_KEY")) }
        var expiration: Date?
        if let text = context.variable("AWS_CREDENTIAL_EXPIRATION") {
            expiration = CredentialAnswer.date(text)
            guard expiration != nil else {
                throw failed(.misconfigured(reason: "AWS_CREDENTIAL_EXPIRATION is not a date of ISO 8601"))
            }
        }
        // The older name first, as botocore has it.
        let token = context.variable("AWS_SECURITY_TOKEN") ?? context.variable("AWS_SESSION_TOKEN")
        let credentials = SessionCredentials(
            accessKeyID: Secret(id), secretAccessKey: Secret(key), sessionToken: token.map { Secret($0) },
            expiration: expiration)
        return .found(try FoundCredentials(credentials, from: self))
    }
}

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

/// A profile of `aws login`, whose sessions only the AWS CLI can renew.
struct LoginProvider: CredentialProvider {
    let profile: String
    let context: ProviderContext

    var name: String { "login_session of profile \(profile)" }

    func credentials() throws(CredentialError) -> ProviderResult {
        guard context.profiles[profile]?["login_session"] != nil else { return .passedOver(reason: "there is none") }
        throw failed(
            .signInRequired(
                command: "eval \"$(aws configure export-credentials --profile \(profile) --format env)\"",
                reason: "only the AWS CLI can use such a session"))
    }
}
