/// The URL of an IAM OIDC provider: the issuer, in the form IAM takes.
///
/// Source: IAM API reference, `CreateOpenIDConnectProvider`: https, no port, no query, at most 255 characters.
package struct ProviderURL: Sendable, Hashable, CustomStringConvertible {
    /// Why an issuer cannot be an IAM provider; the reason is lower case.
    package struct ParseError: Error, Sendable, Equatable {
        package let reason: String
    }

    /// With `https://`, as a token's `iss` says it.
    package let text: String
    /// Without `https://`, as ARNs and condition keys have it.
    package var path: String { String(text.dropFirst("https://".count)) }
    /// The host, lower case.
    package let host: String

    /// - Throws: ``ParseError``.
    package init(_ text: String) throws(ParseError) {
        let url: HTTPURL
        do throws(HTTPURL.ParseError) {
            url = try HTTPURL(text)
        } catch {
            throw ParseError(reason: error.reason)
        }
        // Before the URL forgets a port that is the scheme's own.
        let authority = text.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" }
        if url.scheme != .https || !text.hasPrefix("https://") {
            throw ParseError(reason: "it does not begin with https://")
        }
        if authority.contains(":") { throw ParseError(reason: "it has a port, which IAM does not take") }
        if url.query != nil { throw ParseError(reason: "it has a query, which IAM does not take") }
        if text.utf8.count > 255 { throw ParseError(reason: "it has more than the 255 characters IAM takes") }
        (self.text, host) = (text, url.host)
    }

    /// The ARN the provider has in an account.
    package func arn(partition: String, account: String) -> String {
        "arn:\(partition):iam::\(account):oidc-provider/\(path)"
    }

    /// With `https://`.
    package var description: String { text }
}
