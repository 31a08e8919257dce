/// A file that names rotations to do in one run:
///
/// ```json
/// {"rotations": [
///   {"userName": "ci-deploy", "secretId": "prod/ci-deploy", "serviceConnection": "aws-prod", "project": "Web Shop"}
/// ]}
/// ```
package struct RotationsFile: Sendable {
    package typealias Failure = LocatedJSONFailure

    /// One rotation. What is `nil` is taken from the command line.
    package struct Entry: Sendable, Equatable {
        /// Where it begins in the file, from 1.
        package let line: Int
        /// The IAM user whose keys are rotated.
        package let userName: String
        /// The name or the ARN of the secret in Secrets Manager.
        package let secretId: String
        /// The name or the GUID of the service connection.
        package let serviceConnection: String
        /// The Azure DevOps organisation, its name or its URL.
        package let organization: String?
        /// The project, its name or its GUID.
        package let project: String?
        /// The profile of the AWS config and credentials files.
        package let profile: String?
        /// The AWS region.
        package let region: String?
        /// How long the old key stays, as `--grace` takes it.
        package let grace: String?
        /// The file of the personal access token.
        package let patFile: String?
        /// The name of the SSM parameter with the personal access token.
        package let patParameter: String?
    }

    /// What the command line says of entries that are silent on it: two entries are compared as they will be run.
    package struct Defaults: Sendable {
        package var organization: String?
        package var project: String?
        package var profile: String?
        package var region: String?

        package init(
            organization: String? = nil, project: String? = nil, profile: String? = nil, region: String? = nil
        ) {
            (self.organization, self.project) = (organization, project)
            (self.profile, self.region) = (profile, region)
        }
    }

    /// In their order; one at least.
    package let entries: [Entry]

    /// - Throws: ``LocatedJSONFailure``, the first in the file.
    package init(_ bytes: [UInt8], defaults: Defaults = Defaults()) throws(Failure) {
        let file = try LocatedJSONObject(file: bytes, with: "rotations")
        guard case .list(let values) = try file.value("rotations", .list).value, !values.isEmpty else {
            throw file.noEntries
        }
        var entries: [Entry] = []
        var uses = RotationsFileUses(defaults)
        for value in values {
            let entry = try Entry(value)
            try uses.add(entry)
            entries.append(entry)
        }
        self.entries = entries
    }
}

extension RotationsFile.Entry {
    /// The members there are; the first three are required.
    private static let names = [
        "userName", "secretId", "serviceConnection", "organization", "project", "profile", "region", "grace",
        "patFile", "patParameter",
    ]

    fileprivate init(_ value: LocatedJSON) throws(LocatedJSONFailure) {
        let members = try LocatedJSONObject(value, called: "rotations", knowing: Self.names)
        line = value.line
        userName = try members.text("userName")
        secretId = try members.text("secretId")
        serviceConnection = try members.text("serviceConnection")
        organization = try members.textIfPresent("organization")
        project = try members.textIfPresent("project")
        profile = try members.textIfPresent("profile")
        region = try members.textIfPresent("region")
        grace = try members.textIfPresent("grace")
        patFile = try members.textIfPresent("patFile")
        patParameter = try members.textIfPresent("patParameter")
    }
}

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
