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
