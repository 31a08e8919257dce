/// The textual formats of `assume --format`. The raw values are what the user types.
///
/// The six that `aws configure export-credentials` has too are written as it writes them, byte for byte, for every
/// value that needs no quoting there, which is every value STS has issued so far. Where it would write a line that the
/// shell reads as something else, the value is quoted here, or refused where the format has no way to write it.
///
/// Source: AWS CLI Command Reference, "configure export-credentials".
package enum CredentialFormat: String, Sendable, CaseIterable {
    /// `export NAME=value`, for bash, dash, zsh and other POSIX shells: `eval "$(keyless assume --format env)"`.
    case env
    /// `NAME=value`, for `set -a; . file`. Also an env file of `docker run`, which knows no quotes, while no value
    /// has any.
    case envNoExport = "env-no-export"
    /// `$Env:NAME="value"`, for PowerShell.
    case powershell
    /// `set NAME=value`, for cmd.exe, in a batch file or typed.
    case windowsCmd = "windows-cmd"
    /// `set -gx NAME "value"`, for fish.
    case fish
    /// `NAME=value`, for what reads `.env` files: Docker Compose, python-dotenv, dotenv of Node.js, `. file`.
    case dotenv
    /// The JSON a `credential_process` prints, Version 1.
    case process
    /// The JSON of ``process`` with its schema, the role and the region besides, for scripts.
    case json

    /// The credentials in this format, the last line ended.
    ///
    /// - Parameters:
    ///   - region: the region the environment-like formats and `json` tell; `nil` where none is known.
    ///   - accountID: the account the credentials are of, twelve digits, for `process` and `json`.
    ///   - assumedRoleARN: `arn:aws:sts::…:assumed-role/…`, as STS answered it, for `json`.
    /// - Throws: ``FormatError`` where a value cannot be written so that its reader gets it back.
    package func render(
        _ credentials: SessionCredentials, region: String? = nil, accountID: String? = nil,
        assumedRoleARN: String? = nil
    ) throws(FormatError) -> Secret {
        if let text = try environment(setting: credentials.environmentVariables(region: region)) { return text }
        let members = CredentialJSON.processMembers(credentials, accountID: accountID)
        guard self == .json else { return try json(members) }
        return try json(
            [("schema", .string(Secret(JSONReport.Schema.assume.rawValue)))] + members + [
                ("AssumedRoleArn", assumedRoleARN.map { .string(Secret($0)) }),
                ("Region", region.map { .string(Secret($0)) }),
            ])
    }

    private func json(_ members: [CredentialJSON.Member]) throws(FormatError) -> Secret {
        for case (let name, .string(let value)?) in members where !value.isUTF8 {
            throw FormatError(format: self, name: name, reason: .notUTF8)
        }
        return CredentialJSON.object(members)
    }
}

extension CredentialFormat {
    /// Lines that change the environment of what reads them, the last line ended.
    ///
    /// - Parameters:
    ///   - variables: those that get a value.
    ///   - names: of variables that go. Where the format has no word for that they are set to nothing, which the AWS SDKs
    ///     take for the same in all that hold credentials.
    /// - Returns: `nil` for the formats that are JSON.
    /// - Throws: ``FormatError`` where a value cannot be written so that its reader gets it back.
    package func environment(
        setting variables: [EnvironmentVariable], unsetting names: [String] = []
    ) throws(FormatError) -> Secret? {
        guard self != .process, self != .json else { return nil }
        var text: Secret = ""
        for name in names { text = "\(text)\(removal(of: name))\n" }
        for variable in variables {
            do throws(FormatError.Reason) {
                // A line ends where its value does: no reader of these formats agrees with another on anything else.
                if variable.value.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) { throw .lineBreak }
                text = "\(text)\(try line(variable.name, variable.value))\n"
            } catch {
                throw FormatError(format: self, name: variable.name, reason: error)
            }
        }
        return text
    }

    private func line(_ name: String, _ value: Secret) throws(FormatError.Reason) -> Secret {
        switch self {
        case .env: "export \(name)=\(POSIXShell.word(value))"
        case .envNoExport: "\(name)=\(POSIXShell.word(value))"
        case .fish: "set -gx \(name) \(FishShell.string(value))"
        case .powershell: "$Env:\(name)=\(try PowerShell.string(value))"
        case .windowsCmd: try WindowsCommandPrompt.set(name, to: value)
        case .dotenv: "\(name)=\(try Dotenv.value(value))"
        case .process, .json: ""
        }
    }

    private func removal(of name: String) -> Secret {
        switch self {
        case .env: "unset \(name)"
        case .fish: "set -e \(name)"
        case .powershell: "$Env:\(name)=$null"
        case .windowsCmd: "set \(name)="
        case .envNoExport, .dotenv: "\(name)="
        case .process, .json: ""
        }
    }
}

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

/// A value that a format has no way to write. Nothing of the value is told.
package struct FormatError: Error, Sendable, Equatable {
    /// What stands in the way.
    package enum Reason: Error, Sendable, Equatable {
        /// A line feed, a carriage return or a NUL.
        case lineBreak
        /// Bytes that are no UTF-8, where the format is text.
        case notUTF8
        /// A character the format's readers would change, whatever is put around it.
        case character
        /// Longer than the reader's longest line.
        case tooLong
    }

    package let format: CredentialFormat
    /// The name of the variable, or the JSON key.
    package let name: String
    package let reason: Reason
}
