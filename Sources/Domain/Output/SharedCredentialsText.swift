/// Changes one profile in the text of an AWS shared credentials file, and no byte of anything else: other profiles,
/// comments, blank lines, their order, line ends, a byte order mark, a missing last line end stay as they were.
///
/// Sources: AWS SDKs and Tools Reference Guide, "Shared config and credentials files"; botocore's `configloader`.
package enum SharedCredentialsText {
    /// The file's text with a profile that has these credentials.
    ///
    /// A section that is there keeps its comments and its other keys. Old keys, a stale session token, a stale
    /// `aws_security_token` (which botocore prefers) and a stale `aws_account_id` go. Further sections of the same
    /// profile lose these keys too, so that whichever a parser takes, it sees the new ones.
    ///
    /// - Parameters:
    ///   - profile: letters, digits and `-/.%@_:+`, what all SDKs take.
    ///   - region: the region tools use with this profile, or `nil` to leave what is there. botocore and the SDKs read
    ///     it from this file as from the config file, and prefer it here.
    ///   - existing: the file's text as it is now, empty where there is no file.
    package static func settingProfile(
        _ profile: String, to credentials: SessionCredentials, region: String? = nil, in existing: Secret
    ) throws(SharedCredentialsError) -> Secret {
        let properties = try properties(of: credentials, region: region)
        return try changing(profile, in: existing) { (document) throws(SharedCredentialsError) in
            let keys = document.lines.lazy.filter { $0.profile == profile }.compactMap(\.key)
            if let key = keys.first(where: isOtherSource) { throw .holdsOtherSource(key: key) }
            document.set(properties, of: profile)
        }
    }

    /// The file's text without the profile: its sections up to their last property, and the blank lines behind that.
    /// Comments below stay, since they belong to what follows.
    package static func removingProfile(
        _ profile: String, from existing: Secret
    ) throws(SharedCredentialsError) -> Secret {
        try changing(profile, in: existing) { document in document.remove(profile) }
    }

    private static func changing(
        _ profile: String, in existing: Secret,
        _ change: (inout SharedCredentialsDocument) throws(SharedCredentialsError) -> Void
    ) throws(SharedCredentialsError) -> Secret {
        guard isValidName(profile) else { throw .invalidProfileName }
        if existing.contains(where: { $0 == 0 }) { throw .notText }
        var document = existing.withExposedBytes { SharedCredentialsDocument($0) }
        try change(&document)
        let changed = Secret(bytes: document.bytes)
        // Read once more: every line, moved next to another one or new, must be taken for what it is meant to be.
        let reread = changed.withExposedBytes { SharedCredentialsDocument($0) }
        guard meaning(of: reread) == meaning(of: document) else { throw .ambiguousIndentation }
        return changed
    }

    /// The headers' profiles and the properties' keys, line by line.
    private static func meaning(of document: SharedCredentialsDocument) -> [[String?]] {
        document.lines.filter { $0.kind != .other }.map { [$0.profile, $0.key] }
    }

    /// What the profile must hold; without a value, what it must not.
    private static func properties(
        of credentials: SessionCredentials, region: String?
    ) throws(SharedCredentialsError) -> [SharedCredentialsDocument.Property] {
        var properties: [SharedCredentialsDocument.Property] = [
            ("aws_access_key_id", credentials.accessKeyID),
            ("aws_secret_access_key", credentials.secretAccessKey),
            ("aws_session_token", credentials.sessionToken),
            ("aws_security_token", nil),
            ("aws_account_id", nil),
        ]
        if let region { properties.append(("region", Secret(region))) }
        for case (let key, let value?) in properties where !isValidValue(value) { throw .invalidValue(key: key) }
        return properties
    }

    /// Whether every SDK takes the name: the characters of AWS's own parser tests. `[DEFAULT]` gives its keys to every section in Python's parser.
    package static func isValidName(_ name: String) -> Bool {
        !name.isEmpty && name != "DEFAULT"
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-/.%@_:+".utf8.contains($0)
                }
            }
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

    /// Keys that name another source of credentials. Which of the two a tool takes depends on the tool: botocore puts
    /// `role_arn` and single sign-on before static keys, and those before `credential_process`.
    private static func isOtherSource(_ key: String) -> Bool {
        [
            "credential_process", "role_arn", "web_identity_token_file", "sso_session", "sso_start_url",
            "login_session",
        ].contains(key)
    }
}
