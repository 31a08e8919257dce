/// What a profile of a shared config or credentials file is to hold: keys or a process, never both.
package struct SharedFileProfile: Sendable {
    /// Where its credentials come from.
    package enum Source: Sendable {
        /// They are in the credentials file.
        case keys
        /// A `credential_process` of the config file gives them.
        case process

        /// The file this is in.
        package var file: ProfileDocument.Kind { self == .keys ? .credentials : .config }
    }

    /// What follows the program in every `credential_process` that this program writes, and by which it knows its own.
    package static let processArguments = ["assume", "--format", "process", "--cache"]

    /// Letters, digits and `-/.%@_:+`, what all SDKs take.
    package let name: String
    package let source: Source
    let properties: [SharedFileDocument.Property]

    /// These credentials. A stale session token, a stale `aws_security_token` (which botocore prefers) and a stale
    /// `aws_account_id` go.
    ///
    /// - Parameter region: the region tools use with this profile, or `nil` to leave what is there. botocore and the
    ///   SDKs read it from the credentials file as from the config file, and prefer it there.
    package static func keys(
        _ name: String, _ credentials: SessionCredentials, region: String? = nil
    ) -> SharedFileProfile {
        SharedFileProfile(
            name: name, source: .keys,
            properties: [
                ("aws_access_key_id", credentials.accessKeyID),
                ("aws_secret_access_key", credentials.secretAccessKey),
                ("aws_session_token", credentials.sessionToken),
                ("aws_security_token", nil),
                ("aws_account_id", nil),
            ] + Self.region(region))
    }

    /// A command of this program that prints credentials.
    ///
    /// - Parameters:
    ///   - command: the program's path and its arguments.
    ///   - region: as above.
    package static func process(_ name: String, _ command: [String], region: String? = nil) -> SharedFileProfile {
        let text = command.map(ShellWords.quote).joined(separator: " ")
        return SharedFileProfile(
            name: name, source: .process,
            properties: [("credential_process", Secret(text))] + Self.region(region))
    }

    private static func region(_ region: String?) -> [SharedFileDocument.Property] {
        region.map { [("region", Secret($0))] } ?? []
    }
}

extension SharedFileProfile.Source {
    /// Whether a line, as some profile has it, names another source of credentials. Which of two a tool takes depends
    /// on the tool: botocore puts `role_arn` and single sign-on before static keys, and those before
    /// `credential_process`.
    func isOther(_ line: SharedFileLine, in file: ProfileDocument.Kind) -> Bool {
        guard line.kind == .property, let key = line.key else { return false }
        switch key {
        case "role_arn", "web_identity_token_file", "login_session": return true
        case _ where key.hasPrefix("sso_"): return true
        case "aws_access_key_id", "aws_secret_access_key", "aws_session_token": return self == .process
        case "credential_process": return self == .keys || file != .config || !Self.isOurs(line.value)
        default: return false
        }
    }

    /// Whether a `credential_process` is a command as this program writes it, wherever its binary was then, and
    /// whatever it was called: a link to it may have another name.
    private static func isOurs(_ command: Secret) -> Bool {
        guard let words = try? ShellWords.split(command.exposedText) else { return false }
        return words.dropFirst().starts(with: SharedFileProfile.processArguments)
    }
}
