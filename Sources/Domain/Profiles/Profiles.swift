/// The profiles of both files together.
package struct Profiles: Sendable {
    private let config: ProfileDocument
    private let credentials: ProfileDocument

    /// Takes the files together. A profile of that name in both is one profile.
    package init(config: ProfileDocument = .empty, credentials: ProfileDocument = .empty) {
        (self.config, self.credentials) = (config, credentials)
    }

    /// Sorted.
    package var names: [String] { Set(config.profiles.keys).union(credentials.profiles.keys).sorted() }

    /// The profile of that name; `nil` where neither file has it.
    package subscript(name: String) -> Profile? {
        let (configured, credited) = (config.profiles[name], credentials.profiles[name])
        guard configured != nil || credited != nil else { return nil }
        return Profile(name: name, config: configured ?? [:], credentials: credited ?? [:])
    }

    /// The properties of `[sso-session name]`.
    package func ssoSession(_ name: String) -> ProfileDocument.Properties? { config.ssoSessions[name] }
}
