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
    /// The JSON of ``process`` with the role and the region besides, for scripts.
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
        let variables = credentials.environmentVariables(region: region)
        switch self {
        case .env: return try lines(variables) { "export \($0)=\(POSIXShell.word($1))" }
        case .envNoExport: return try lines(variables) { "\($0)=\(POSIXShell.word($1))" }
        case .fish: return try lines(variables) { "set -gx \($0) \(FishShell.string($1))" }
        case .powershell:
            return try lines(variables) { (name, value) throws(FormatError.Reason) in
                "$Env:\(name)=\(try PowerShell.string(value))"
            }
        case .windowsCmd:
            return try lines(variables) { (name, value) throws(FormatError.Reason) in
                try WindowsCommandPrompt.set(name, to: value)
            }
        case .dotenv:
            return try lines(variables) { (name, value) throws(FormatError.Reason) in
                "\(name)=\(try Dotenv.value(value))"
            }
        case .process:
            return try json(CredentialJSON.processMembers(credentials, accountID: accountID))
        case .json:
            return try json(
                CredentialJSON.processMembers(credentials, accountID: accountID) + [
                    ("AssumedRoleArn", assumedRoleARN.map { .string(Secret($0)) }),
                    ("Region", region.map { .string(Secret($0)) }),
                ])
        }
    }

    private func lines(
        _ variables: [EnvironmentVariable],
        _ line: (_ name: String, _ value: Secret) throws(FormatError.Reason) -> Secret
    ) throws(FormatError) -> Secret {
        var text: Secret = ""
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

    private func json(_ members: [CredentialJSON.Member]) throws(FormatError) -> Secret {
        for case (let name, .string(let value)?) in members where !value.isUTF8 {
            throw FormatError(format: self, name: name, reason: .notUTF8)
        }
        return CredentialJSON.object(members)
    }
}
