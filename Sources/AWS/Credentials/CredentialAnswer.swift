import Domain
import FoundationEssentials

/// Credentials in JSON: what a `credential_process` prints (Version 1), and what the endpoints of ECS, EKS and EC2
/// answer. They differ in the name of the session token.
struct CredentialAnswer: Decodable {
    private let version: Int?
    private let accessKeyID: Secret?
    private let secretAccessKey: Secret?
    private let sessionToken: Secret?
    private let token: Secret?
    private let expiration: String?
    /// `Success`, or EC2's name of what is wrong.
    private let code: String?
    private let message: String?

    private enum CodingKeys: String, CodingKey {
        case accessKeyID = "AccessKeyId"
        case version = "Version"
        case secretAccessKey = "SecretAccessKey"
        case sessionToken = "SessionToken"
        case token = "Token"
        case expiration = "Expiration"
        case code = "Code"
        case message = "Message"
    }

    /// Which of the two it must be.
    enum Form { case process, endpoint }

    /// - Throws: ``CredentialFailure/malformed(reason:)`` where it is not what it must be.
    static func read(
        _ json: Secret, _ form: Form, for provider: some CredentialProvider
    ) throws(CredentialError) -> FoundCredentials {
        let answer = json.withExposedBytes { try? JSONDecoder().decode(CredentialAnswer.self, from: Data($0)) }
        func malformed(_ reason: String) -> CredentialError { provider.failed(.malformed(reason: reason)) }
        guard let answer else { throw malformed("it is not the JSON that was expected") }
        if form == .process, answer.version != 1 { throw malformed("its Version is not 1") }
        if form == .endpoint, let code = answer.code, code != "Success" {
            throw provider.failed(
                .answered(status: 200, message: [code, answer.message].compactMap(\.self).joined(separator: ": ")))
        }
        guard let id = answer.accessKeyID else { throw malformed("it has no AccessKeyId") }
        guard let key = answer.secretAccessKey else { throw malformed("it has no SecretAccessKey") }
        // Programs print an empty one for none.
        let token = form == .process ? answer.sessionToken.flatMap { $0.isEmpty ? nil : $0 } : answer.token
        if form == .endpoint, token == nil { throw malformed("it has no Token") }
        var expiration: Date?
        if let text = answer.expiration {
            expiration = self.date(text)
            guard expiration != nil else { throw malformed("its Expiration is not a date of ISO 8601") }
        } else if form == .endpoint {
            throw malformed("it has no Expiration")
        }
        return try FoundCredentials(
            SessionCredentials(
                accessKeyID: id, secretAccessKey: key, sessionToken: token, expiration: expiration),
            from: provider)
    }

    /// Reads a moment with `Z`, `UTC` or an offset (`+00:00`, `-0730`), all of which programs write.
    static func date(_ text: String) -> Date? {
        if text.hasSuffix("UTC") { return Timestamp("\(text.dropLast(3))Z")?.date }
        guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }), text.contains(":"),
            text[..<sign].contains("T")
        else { return Timestamp(text)?.date }
        let digits = text[sign...].dropFirst().filter { $0 != ":" }
        guard digits.utf8.count == 4, digits.isASCIIDigits, let number = Int(digits)
        else { return nil }
        let offset = TimeInterval((number / 100 * 60 + number % 100) * 60)
        return Timestamp("\(text[..<sign])Z")?.date.addingTimeInterval(text[sign] == "+" ? -offset : offset)
    }
}
