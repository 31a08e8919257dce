package import Domain
import FoundationEssentials

/// What is given at a path.
package struct CredentialOffer: Sendable {
    /// The answer's body: `AccessKeyId`, `SecretAccessKey`, `Token`, `Expiration`, and `AccountId` where it is known.
    let document: Secret
    /// When the credentials end. From then on there is nothing to give.
    let expiration: Date
    /// Why there are no newer ones, in words for whoever reads the error; `nil` while all is well.
    package var reason: String?

    /// - Parameter accountID: the account the credentials are of, twelve digits.
    /// - Returns: `nil` where an SDK would not take them: without a session's token, an end, or with an empty value.
    package init?(_ credentials: SessionCredentials, accountID: String? = nil, reason: String? = nil) {
        guard let token = credentials.sessionToken, let expiration = credentials.expiration,
            ![credentials.accessKeyID, credentials.secretAccessKey, token].contains(where: \.isEmpty)
        else { return nil }
        var members: [String: SecretJSON] = [
            "AccessKeyId": .secret(credentials.accessKeyID), "SecretAccessKey": .secret(credentials.secretAccessKey),
            "Token": .secret(token), "Expiration": .value(.text(Timestamp(expiration).text)),
        ]
        if let accountID { members["AccountId"] = .value(.text(accountID)) }
        (self.document, self.expiration, self.reason) = (SecretJSON.members(members).text, expiration, reason)
    }
}
