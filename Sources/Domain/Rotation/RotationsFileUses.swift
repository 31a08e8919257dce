/// What the entries of a rotations file have used so far: two that share anything would rotate against each other.
struct RotationsFileUses {
    private let defaults: RotationsFile.Defaults
    private var lines: [[String]: Int] = [:]

    init(_ defaults: RotationsFile.Defaults) { self.defaults = defaults }

    /// - Throws: ``LocatedJSONFailure/Reason/duplicate(_:of:firstLine:)``.
    mutating func add(_ entry: RotationsFile.Entry) throws(LocatedJSONFailure) {
        let profile = entry.profile ?? defaults.profile ?? ""
        // IAM takes the names of users for the same in any case of letters, Azure DevOps those of everything.
        try use(.user, entry.userName, [entry.userName.lowercased(), profile], of: entry)
        // An ARN says itself in which account and region it is.
        let region = entry.region ?? defaults.region ?? ""
        let isARN = entry.secretId.hasPrefix("arn:")
        try use(.secret, entry.secretId, [entry.secretId] + (isARN ? [] : [profile, region]), of: entry)
        let place = [entry.organization ?? defaults.organization ?? "", entry.project ?? defaults.project ?? ""]
        try use(
            .serviceConnection, entry.serviceConnection,
            (place + [entry.serviceConnection]).map { $0.lowercased() }, of: entry)
    }

    private mutating func use(
        _ shared: LocatedJSONFailure.Shared, _ name: String, _ key: [String], of entry: RotationsFile.Entry
    ) throws(LocatedJSONFailure) {
        if let first = lines.updateValue(entry.line, forKey: [shared.rawValue] + key) {
            throw LocatedJSONFailure(line: entry.line, reason: .duplicate(shared, of: name, firstLine: first))
        }
    }
}
