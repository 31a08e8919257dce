/// Values of `.env` files, written so that all their readers agree. There is no standard: what holds is what
/// compose-go, python-dotenv, dotenv and `--env-file` of Node.js, and `.` of a POSIX shell have in common.
enum Dotenv {
    /// The value as it is where that is safe, in single quotes elsewhere.
    ///
    /// What the readers disagree on, even between single quotes:
    /// - `'`, which compose-go and python-dotenv want as `\'` and a shell does not;
    /// - `\`, an escape before `'` and `\` in python-dotenv, before `'` in compose-go, and itself in a shell;
    /// - `$`, since python-dotenv expands `${NAME}` in any quotes, as dotenv-expand does `$NAME`.
    ///
    /// - Throws: ``FormatError/Reason/character`` for those, ``FormatError/Reason/notUTF8``.
    static func value(_ value: Secret) throws(FormatError.Reason) -> Secret {
        if value.isPlainWord { return value }
        guard value.isUTF8 else { throw .notUTF8 }
        let isDisputed: (UInt8) -> Bool = {
            $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "$")
        }
        if value.contains(where: isDisputed) { throw .character }
        return "'\(value)'"
    }
}
