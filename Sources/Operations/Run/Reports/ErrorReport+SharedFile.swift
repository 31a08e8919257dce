import Domain

extension ErrorReport {
    /// A profile that was not written.
    ///
    /// - Parameters:
    ///   - file: the file that does not allow it.
    ///   - path: the file that was to be changed.
    init(_ error: SharedFileError, in file: String, leaving path: String) {
        let place = file == path ? "" : "in \(file) "
        var hints: [String] = []
        if case .holdsOtherSource(let profile, let key) = error {
            hints = ["take \(key) out of profile \(profile) in \(file), or choose another profile name"]
        }
        self.init(.badInput, "\(path) was left as it is: \(place)\(Self.words(for: error))", hints: hints)
    }

    static func words(for error: SharedFileError) -> String {
        switch error {
        case .invalidProfileName: "letters, digits and -/.%@_:+ are allowed, and DEFAULT is not"
        case .invalidValue(let key): "the value for \(key) has characters that such a file cannot hold"
        case .holdsOtherSource(let profile, let key):
            "the profile \(profile) has \(key), and a profile with two sources of credentials means something else to "
                + "each tool"
        case .twoDefaults: "it has [default] and [profile default], and tools do not agree on which of them holds"
        case .notText: "it is not a text file"
        case .ambiguousIndentation: "indented lines of another profile would become part of this one"
        }
    }
}
