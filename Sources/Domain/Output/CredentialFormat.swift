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
        if let text = try environment(setting: credentials.environmentVariables(region: region)) { return text }
        let members = CredentialJSON.processMembers(credentials, accountID: accountID)
        guard self == .json else { return try json(members) }
        return try json(
            members + [
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
