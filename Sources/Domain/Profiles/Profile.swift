/// One profile, as both files have it.
package struct Profile: Sendable {
    package let name: String
    /// What the config file says.
    package let config: ProfileDocument.Properties
    /// What the credentials file says.
    package let credentials: ProfileDocument.Properties

    /// The value of a key, lower case. The credentials file's holds where both have one.
    package subscript(key: String) -> Secret? { credentials[key] ?? config[key] }

    /// The same for what is no secret; `nil` where it is empty, too.
    package func text(_ key: String) -> String? {
        self[key].flatMap { $0.isEmpty ? nil : $0.exposedText }
    }
}
