/// Lines for cmd.exe. Source: Windows Commands reference, `set` and `cmd`; Microsoft support article 830473, "Command
/// prompt line string limitation".
enum WindowsCommandPrompt {
    /// The longest line cmd.exe reads, in characters.
    private static let longestLine = 8191

    /// `set NAME=value`, as the AWS CLI writes it; `set "NAME=value"` where the value has spaces or one of `&|<>^()`,
    /// which mean nothing between quotes. A batch file and a prompt read both the same.
    ///
    /// What cannot be written for both:
    /// - `%`, which a batch file wants doubled and a prompt does not;
    /// - `!`, which delayed expansion takes, where it is on, quoted or not;
    /// - `"`, which ends the quotes, there being no escape in them;
    /// - characters beyond ASCII, which depend on the console's code page, and control characters.
    ///
    /// - Throws: ``FormatError/Reason/character`` for those, ``FormatError/Reason/tooLong``.
    static func set(_ name: String, to value: Secret) throws(FormatError.Reason) -> Secret {
        let isRefused: (UInt8) -> Bool = {
            switch $0 {
            case UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "\""): true
            default: !(0x20...0x7E).contains($0)
            }
        }
        if value.contains(where: isRefused) { throw .character }
        let line: Secret = value.isPlainWord ? "set \(name)=\(value)" : "set \"\(name)=\(value)\""
        if line.count > longestLine { throw .tooLong }
        return line
    }
}
