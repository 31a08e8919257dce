/// Why a shared config or credentials file was left as it is. Nothing of its values is told.
package enum SharedFileError: Error, Sendable, Equatable {
    /// The name is empty, or has a character that some SDK does not take in a profile's name, or is `DEFAULT`, which
    /// Python's parser reads as part of every profile.
    case invalidProfileName
    /// The value for that key is empty, or has characters that a parser would change or that end the line.
    case invalidValue(key: String)
    /// The profile holds that key already, another source of credentials: which of the two a tool would use depends on
    /// the tool.
    case holdsOtherSource(profile: String, key: String)
    /// The config file has `[default]` and `[profile default]`: which of the two holds depends on the tool.
    case twoDefaults
    /// The file has NUL bytes, so it is UTF-16 or no text at all.
    case notText
    /// A header is indented so that it would be read as the continuation of a changed profile's last line.
    case ambiguousIndentation
}
