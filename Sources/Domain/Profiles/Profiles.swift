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

/// Where the two files are and which profile is meant, by the environment alone.
package struct ProfileLocations: Sendable, Equatable {
    /// Whose conventions hold for the home directory and in paths.
    package enum Platform: Sendable { case linux, windows }

    /// The config file's path: `AWS_CONFIG_FILE`, else `~/.aws/config`; `nil` where there is no home directory.
    package let config: String?
    /// The credentials file's path: `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/credentials`.
    package let credentials: String?
    /// The profile that `AWS_DEFAULT_PROFILE` or `AWS_PROFILE` names, in botocore's order; `nil` where neither does.
    package let profile: String?

    /// Reads the variables. Empty ones count as absent.
    package init(environment: [String: String], platform: Platform = .linux) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

        let separator = platform == .windows ? "\\" : "/"
        var home = value("HOME")
        if platform == .windows, home == nil {
            home = value("USERPROFILE") ?? value("HOMEPATH").map { (value("HOMEDRIVE") ?? "") + $0 }
        }
        func path(_ variable: String, _ name: String) -> String? {
            guard let named = value(variable) else {
                return home.map { [$0, ".aws", name].joined(separator: separator) }
            }
            guard let home, named == "~" || named.hasPrefix("~\(separator)") else { return named }
            return home + named.dropFirst()
        }
        config = path("AWS_CONFIG_FILE", "config")
        credentials = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        profile = value("AWS_DEFAULT_PROFILE") ?? value("AWS_PROFILE")
    }
}
