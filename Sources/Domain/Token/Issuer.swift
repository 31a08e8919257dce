/// The issuers whose tokens Azure DevOps hands out.
package enum Issuer: Sendable, Equatable {
    /// `https://vstoken.dev.azure.com/<organisation's GUID>`
    case azureDevOps(organizationID: String)
    /// `https://login.microsoftonline.com/<tenant's GUID>/v2.0`
    case entra(tenantID: String)

    /// - Returns: `nil` for any other text.
    package init?(_ text: String) {
        if let rest = text.dropping(prefix: "https://vstoken.dev.azure.com/"), GUID.isValid(rest) {
            self = .azureDevOps(organizationID: String(rest))
        } else if let rest = text.dropping(prefix: "https://login.microsoftonline.com/"),
            rest.hasSuffix("/v2.0"), GUID.isValid(rest.dropLast("/v2.0".count))
        {
            self = .entra(tenantID: String(rest.dropLast("/v2.0".count)))
        } else {
            return nil
        }
    }
}

extension String {
    /// The rest after `prefix`, or `nil` where the text does not begin with it.
    func dropping(prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
