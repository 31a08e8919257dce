/// The JSON formats, written by hand so that the text is a ``Secret`` from its first byte on (RFC 8259).
enum CredentialJSON {
    enum Value {
        case number(Int)
        case string(Secret)
    }

    /// A key and its value; without a value the key is left out.
    typealias Member = (name: String, value: Value?)

    /// What a `credential_process` prints, in the AWS CLI's order.
    /// Source: AWS SDKs and Tools Reference Guide, "Process credential provider".
    static func processMembers(_ credentials: SessionCredentials, accountID: String?) -> [Member] {
        [
            ("Version", .number(1)),
            ("AccessKeyId", .string(credentials.accessKeyID)),
            ("SecretAccessKey", .string(credentials.secretAccessKey)),
            ("SessionToken", credentials.sessionToken.map { .string($0) }),
            ("Expiration", credentials.expirationText.map { .string(Secret($0)) }),
            ("AccountId", accountID.map { .string(Secret($0)) }),
        ]
    }

    /// An object, one member a line, indented by two as the AWS CLI does. Strings are taken for UTF-8.
    static func object(_ members: [Member]) -> Secret {
        var text: Secret = ""
        for case (let name, let value?) in members {
            let separator = text.isEmpty ? "{" : ","
            switch value {
            case .number(let number): text = "\(text)\(separator)\n  \"\(name)\": \(number)"
            case .string(let string): text = "\(text)\(separator)\n  \"\(name)\": \"\(SecretJSON.escaped(string))\""
            }
        }
        return "\(text)\n}\n"
    }
}
