import Domain

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
