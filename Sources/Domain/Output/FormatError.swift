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
