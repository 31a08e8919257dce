/// One of the two files that AWS tools share, taken apart: `~/.aws/config` or `~/.aws/credentials`.
///
/// Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files", and the SDKs' common parser
/// tests; where those are silent, botocore's `configloader`.
package struct ProfileDocument: Sendable {
    /// Keys, lower case, with their values. Any value may be a secret.
    package typealias Properties = [String: Secret]

    /// Which of the two files it is. They name their sections differently.
    package enum Kind: Sendable {
        /// `[profile name]`, `[default]`, `[sso-session name]`.
        case config
        /// `[name]`
        case credentials
    }

    /// Why the text is no such file. Tools refuse all of it, so nothing is guessed here either.
    package struct SyntaxError: Error, Sendable, Equatable {
        /// What is wrong with the line.
        package enum Reason: Sendable, Equatable {
            /// A section's `[` without its `]`.
            case unterminatedSection
            /// Something before the first section.
            case outsideSection
            /// A property without `=`.
            case propertyWithoutEqualsSign
            /// Nothing before the `=` of a property.
            case propertyWithoutName
            /// An indented line that continues nothing.
            case continuationOutsideProperty
            /// An indented line without `=` below a property that has no value of its own.
            case subPropertyWithoutEqualsSign
            /// Nothing before the `=` of such a line.
            case subPropertyWithoutName
        }

        /// From 1.
        package let line: Int
        package let reason: Reason
    }

    /// Something that was passed over, as all tools do without a word.
    package struct Warning: Sendable, Equatable {
        /// What was passed over.
        package enum Reason: Sendable, Equatable {
            /// A section of the config file that is neither a profile nor a session.
            case unknownSection
            /// A section of the credentials file that begins with `profile`, as only those of the config file do.
            case needlessPrefix
            /// A profile's or session's name with other characters than letters, digits and `-/.%@_:+`.
            case invalidName
            /// The same of a property.
            case invalidPropertyName
            /// `[default]` beside `[profile default]`, which holds.
            case overriddenDefault
        }

        /// From 1.
        package let line: Int
        package let reason: Reason
    }

    /// By name.
    package let profiles: [String: Properties]
    /// `[sso-session name]` of the config file, by name.
    package let ssoSessions: [String: Properties]
    /// In the order of their lines, but for an overridden default, which comes last.
    package let warnings: [Warning]

    /// Takes the file's text apart.
    ///
    /// - Throws: ``SyntaxError`` for the first line that is none of such a file.
    package init(_ text: Secret, kind: Kind) throws(SyntaxError) {
        var parser = ProfileParser(kind: kind)
        try text.withExposedBytes { (bytes) throws(SyntaxError) in try parser.read(bytes) }
        let (profiles, ssoSessions) = parser.result()
        (self.profiles, self.ssoSessions, warnings) = (profiles, ssoSessions, parser.warnings)
    }

    private init() { (profiles, ssoSessions, warnings) = ([:], [:], []) }

    /// That of a file that is not there.
    package static let empty = ProfileDocument()
}
