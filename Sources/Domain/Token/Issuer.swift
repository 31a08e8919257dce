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

/// An issuer that IAM takes as an OIDC provider's URL, and whose discovery document can be read.
///
/// Source: IAM API reference, `CreateOpenIDConnectProvider`, `Url`: https, path components but no query and no port,
/// at most 255 characters, compared with a token's `iss` letter by letter.
package struct IssuerURL: Sendable, Hashable, CustomStringConvertible {
    /// Why a text is no such issuer.
    package enum ValidationError: Error, Sendable, Equatable {
        /// It does not begin with `https://`, in lower case.
        case notHTTPS
        /// It is longer than 255 characters; how long it is.
        case tooLong(Int)
        /// It is not a URL; what is wrong with it.
        case malformed(reason: String)
        /// It has a query, or at least its question mark.
        case query
        /// It has a port, if only https's own.
        case port
    }

    private static let scheme = "https://"
    private static let largestLength = 255

    /// The issuer exactly as it was written.
    package let text: String
    /// Its discovery document: OpenID Connect Discovery 1.0 §4, a `/` at the issuer's end not doubled.
    package let documentURL: HTTPURL

    /// - Parameter text: with `https://`, which IAM leaves out in a provider's ARN and where it lists a provider's URL.
    /// - Throws: ``ValidationError``
    package init(validating text: String) throws(ValidationError) {
        guard text.hasPrefix(Self.scheme) else { throw .notHTTPS }
        guard text.utf8.count <= Self.largestLength else { throw .tooLong(text.utf8.count) }
        let url: HTTPURL
        do throws(HTTPURL.ParseError) { url = try HTTPURL(text) } catch { throw .malformed(reason: error.reason) }
        guard url.query == nil else { throw .query }
        // A written 443 is no port to HTTPURL, and one to IAM.
        let afterHost = text.utf8.dropFirst(Self.scheme.utf8.count + url.authority.utf8.count).first
        guard url.port == nil, afterHost == nil || afterHost == UInt8(ascii: "/") else { throw .port }
        let path = url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
        self.text = text
        documentURL = url.replacingPath(path + "/.well-known/openid-configuration")
    }

    /// Without `https://`, as ARNs and condition keys have it.
    package var path: String { String(text.dropFirst(Self.scheme.count)) }

    /// The ARN of the provider in an account.
    package func providerARN(_ partition: Partition, _ account: AccountID) -> ARN {
        .iam(partition, account, "oidc-provider/\(path)")
    }

    /// The issuer exactly as it was written.
    package var description: String { text }
}
