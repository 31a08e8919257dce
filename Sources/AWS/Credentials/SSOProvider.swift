import Domain
import FoundationEssentials
import TLSCrypto

/// A profile of IAM Identity Center: a role of the person who signed in by `aws sso login`, whose token the AWS CLI
/// keeps in `~/.aws/sso/cache`.
///
/// A token that has expired is not renewed here, even where the AWS CLI could: signing in is its affair.
struct SSOProvider: CredentialProvider {
    let profile: String
    let context: ProviderContext

    var name: String { "single sign-on of profile \(profile)" }

    /// The AWS CLI's file of a token. Keys of its own are not looked at.
    private struct CachedToken: Decodable {
        let accessToken: Secret?
        let expiresAt: String?
    }

    /// The answer of `GetRoleCredentials`. The expiration is in milliseconds since 1970.
    private struct Answer: Decodable {
        struct RoleCredentials: Decodable {
            let accessKeyId: Secret
            let secretAccessKey: Secret
            let sessionToken: Secret
            let expiration: Double
        }
        let roleCredentials: RoleCredentials
    }

    private struct Refusal: Decodable { let message: String? }

    func credentials() async throws(CredentialError) -> ProviderResult {
        guard let profile = context.profiles[profile],
            profile["sso_account_id"] != nil || profile["sso_role_name"] != nil
        else { return .passedOver(reason: "it has no sso_account_id") }
        let (settings, session) = try settings(of: profile)
        func setting(_ key: String) throws(CredentialError) -> String {
            guard let value = settings[key], !value.isEmpty else { throw failed(.incomplete(missing: key)) }
            return value.exposedText
        }
        let startURL = try setting("sso_start_url")
        let url = try portal(in: try setting("sso_region"))
            .addingQueryItem("role_name", try setting("sso_role_name"))
            .addingQueryItem("account_id", try setting("sso_account_id"))
        let token = try cachedToken(for: session ?? startURL)
        let answer = try await context.retrier.run { (limits) throws(CredentialError) in
            try await ask(HTTPRequest(.get, url, fields: [HTTPField("x-amz-sso_bearer_token", token)], limits: limits))
        }
        return .found(try FoundCredentials(answer, from: self))
    }

    /// The profile's settings with those of its session, which must not contradict them.
    private func settings(
        of profile: Profile
    ) throws(CredentialError) -> (ProfileDocument.Properties, session: String?) {
        let own = profile.config.merging(profile.credentials) { $1 }
        guard let name = profile.text("sso_session") else { return (own, nil) }
        guard let session = context.profiles.ssoSession(name) else {
            throw failed(.misconfigured(reason: "there is no [sso-session \(name)] in the config file"))
        }
        for (key, value) in session where own[key].map({ !ConstantTime.equal($0, value) }) == true {
            throw failed(.misconfigured(reason: "its \(key) is another one in [sso-session \(name)]"))
        }
        return (own.merging(session) { $1 }, name)
    }

    private func portal(in text: String) throws(CredentialError) -> HTTPURL {
        guard let region = try? Region(text), region.isKnown,
            let url = try? HTTPURL("https://portal.sso.\(region).\(region.partition.dnsSuffix)/federation/credentials")
        else { throw failed(.misconfigured(reason: "its sso_region \(text) is not an AWS region")) }
        return url
    }

    /// - Parameter key: the session's name, or the start URL where there is no session; its SHA-1 is the file's name.
    private func cachedToken(for key: String) throws(CredentialError) -> Secret {
        guard let home = context.variable("HOME") else { throw failed(.incomplete(missing: "HOME")) }
        let path = "\(home)/.aws/sso/cache/\(Hex.encode(Digest.sha1(Array(key.utf8)))).json"
        let content: Secret?
        do throws(ProviderContext.LocalFailure) { content = try context.readFile(path) } catch {
            throw failed(.unreadable(path: path, reason: error.reason))
        }
        guard let content else { throw signInRequired("nobody has signed in") }
        let token = content.withExposedBytes { try? JSONDecoder().decode(CachedToken.self, from: Data($0)) }
        guard let token, let value = token.accessToken, let expiration = token.expiresAt.flatMap(CredentialAnswer.date)
        else { throw failed(.unreadable(path: path, reason: "it is no token of single sign-on")) }
        guard expiration > context.time.now() else {
            throw signInRequired("the sign-in expired at \(Timestamp(expiration).text)")
        }
        return value
    }

    private func ask(_ request: HTTPRequest) async throws(CredentialError) -> SessionCredentials {
        let response: HTTPResponse
        do throws(HTTPError) { response = try await context.http.send(request) } catch {
            throw failed(.transport(error))
        }
        guard response.status != 401 else { throw signInRequired("AWS does not accept the sign-in any more") }
        guard response.status == 200 else {
            let refusal = response.body.withExposedBytes { try? JSONDecoder().decode(Refusal.self, from: Data($0)) }
            throw failed(.answered(status: response.status, message: refusal?.message))
        }
        let answer = response.body.withExposedBytes { try? JSONDecoder().decode(Answer.self, from: Data($0)) }
        guard let credentials = answer?.roleCredentials else {
            throw failed(.malformed(reason: "it is not the JSON that was expected"))
        }
        return SessionCredentials(
            accessKeyID: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey,
            sessionToken: credentials.sessionToken,
            expiration: Date(timeIntervalSince1970: (credentials.expiration / 1000).rounded(.down)))
    }

    private func signInRequired(_ reason: String) -> CredentialError {
        failed(.signInRequired(command: "aws sso login --profile \(profile)", reason: reason))
    }
}
