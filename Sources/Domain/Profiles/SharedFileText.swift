/// Changes profiles in the text of an AWS shared config or credentials file, and no byte of anything else: other
/// profiles, comments, blank lines, their order, line ends, a byte order mark, a missing last line end stay as they
/// were.
///
/// Sources: AWS SDKs and Tools Reference Guide, "Shared config and credentials files"; botocore's `configloader`.
package enum SharedFileText {
    /// The file's text with these profiles.
    ///
    /// A section that is there keeps its comments and its other keys. Old values of what is set go. Further sections of
    /// the same profile lose these keys too, so that whichever a parser takes, it sees the new ones.
    ///
    /// - Parameters:
    ///   - profiles: all of one kind.
    ///   - existing: the text of their kind's file as it is now, empty where there is no file.
    package static func setting(
        _ profiles: [SharedFileProfile], in existing: Secret
    ) throws(SharedFileError) -> Secret {
        guard let kind = profiles.first?.source.file else { return existing }
        var document = try document(existing, kind)
        for profile in profiles {
            guard isValidName(profile.name) else { throw .invalidProfileName }
            for case (let key, let value?) in profile.properties where !isValidValue(value) {
                throw .invalidValue(key: key)
            }
        }
        try refuseOtherSources(than: profiles, in: document, kind)
        if kind == .config, profiles.contains(where: { $0.name == "default" }) { try refuseTwoDefaults(document) }
        for profile in profiles { document.set(profile.properties, of: profile.name) }
        let changed = Secret(bytes: document.bytes)
        // Read once more: every line, moved next to another one or new, must be taken for what it is meant to be.
        let reread = changed.withExposedBytes { SharedFileDocument($0, kind) }
        guard meaning(of: reread) == meaning(of: document) else { throw .ambiguousIndentation }
        return changed
    }

    /// Makes sure that the other file, too, has no other source of credentials for these profiles.
    ///
    /// - Parameter text: of the file that these profiles are not written to.
    package static func refuseOtherSources(
        than profiles: [SharedFileProfile], in text: Secret, _ kind: ProfileDocument.Kind
    ) throws(SharedFileError) {
        try refuseOtherSources(than: profiles, in: document(text, kind), kind)
    }

    private static func refuseOtherSources(
        than profiles: [SharedFileProfile], in document: SharedFileDocument, _ kind: ProfileDocument.Kind
    ) throws(SharedFileError) {
        let sources = Dictionary(profiles.map { ($0.name, $0.source) }) { first, _ in first }
        for line in document.lines {
            if let name = line.profile, let key = line.key, sources[name]?.isOther(line, in: kind) == true {
                throw .holdsOtherSource(profile: name, key: key)
            }
        }
    }

    /// botocore takes the last of them, the SDKs the one with the prefix.
    private static func refuseTwoDefaults(_ document: SharedFileDocument) throws(SharedFileError) {
        let headers = document.lines.filter { $0.profile == "default" && $0.isHeader }
        let prefixed = headers.filter { $0.text.exposedText.contains("profile") }.count
        if prefixed > 0 && headers.count > prefixed { throw .twoDefaults }
    }

    private static func document(
        _ text: Secret, _ kind: ProfileDocument.Kind
    ) throws(SharedFileError) -> SharedFileDocument {
        if text.contains(where: { $0 == 0 }) { throw .notText }
        return text.withExposedBytes { SharedFileDocument($0, kind) }
    }

    /// The headers' profiles and the properties' keys, line by line.
    private static func meaning(of document: SharedFileDocument) -> [[String?]] {
        document.lines.filter { $0.kind != .other }.map { [$0.profile, $0.key] }
    }

    /// Whether every SDK takes the name: the characters of AWS's own parser tests. `[DEFAULT]` gives its keys to every
    /// section in Python's parser.
    package static func isValidName(_ name: String) -> Bool {
        !name.isEmpty && name != "DEFAULT"
            && name.utf8.allSatisfy { $0.isASCIILetterOrDigit(or: "-/.%@_:+") }
    }

    /// Printable ASCII, since Python reads the file in whatever encoding the locale says; no space around it, which
    /// parsers trim; no `#` or `;` after a space, where the SDKs see a comment and botocore does not.
    private static func isValidValue(_ value: Secret) -> Bool {
        value.withExposedBytes { bytes in
            guard bytes.last != nil, bytes.last != 0x20, bytes.first != 0x20 else { return false }
            return zip([0x20] + bytes, bytes).allSatisfy { before, byte in
                let beginsComment = before == 0x20 && (byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";"))
                return (0x20...0x7E).contains(byte) && !beginsComment
            }
        }
    }
}

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
