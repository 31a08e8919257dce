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
