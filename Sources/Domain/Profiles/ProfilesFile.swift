/// A file that names profiles, and the sessions they are to hold:
///
/// ```json
/// {"profiles": {
///   "dev": {"roleArn": "arn:aws:iam::111122223333:role/deploy", "region": "eu-west-1"},
///   "prod": {"roleArn": "arn:aws:iam::444455556666:role/deploy", "duration": "15m"}
/// }}
/// ```
///
/// The members of a profile are the command line's options by their names in camel case.
package struct ProfilesFile: Sendable {
    package typealias Failure = LocatedJSONFailure

    /// One profile. What is `nil` is taken from the command line; a list may be given as a single text.
    package struct Entry: Sendable, Equatable {
        /// The profile's name, one that every SDK takes. No other entry has it.
        package let name: String
        /// Where the name is in the file, from 1.
        package let line: Int
        /// The role to assume.
        package let roleArn: String
        /// Roles to assume with the first one's credentials, in their order.
        package let chainRoleArn: [String]
        /// The external id that the chained roles ask for.
        package let externalId: String?
        /// The session's name in CloudTrail.
        package let sessionName: String?
        /// How long the credentials live, as `--duration` takes it.
        package let duration: String?
        /// The AWS region.
        package let region: String?
        /// The file of a session policy.
        package let policy: String?
        /// Managed policies as session policies.
        package let policyArn: [String]?
        /// The accounts that the credentials may be of.
        package let allowedAccountId: [String]?
        /// Whether the credentials are used once before they are handed out.
        package let verify: Bool?
        /// The GUID of the service connection whose token is asked for.
        package let serviceConnection: String?
        /// The file of the token.
        package let webIdentityTokenFile: String?
        /// Issuers to accept besides the usual ones.
        package let issuer: [String]?
        /// The branches to go on on.
        package let requireBranch: [String]?
        /// The pipelines to go on in.
        package let requirePipeline: [String]?
    }

    /// In their order; one at least.
    package let entries: [Entry]

    /// - Throws: ``LocatedJSONFailure``, the first in the file.
    package init(_ bytes: [UInt8]) throws(Failure) {
        let file = try LocatedJSONObject(file: bytes, with: "profiles")
        guard case .members(let profiles) = try file.value("profiles", .object).value, !profiles.isEmpty else {
            throw file.noEntries
        }
        var entries: [Entry] = []
        for profile in profiles { entries.append(try Entry(profile)) }
        self.entries = entries
    }
}

extension ProfilesFile.Entry {
    /// The members there are; only the first is required.
    private static let names = [
        "roleArn", "chainRoleArn", "externalId", "sessionName", "duration", "region", "policy", "policyArn",
        "allowedAccountId", "verify", "serviceConnection", "webIdentityTokenFile", "issuer", "requireBranch",
        "requirePipeline",
    ]

    fileprivate init(_ profile: LocatedJSON.Member) throws(LocatedJSONFailure) {
        guard SharedFileText.isValidName(profile.name) else {
            throw LocatedJSONFailure(line: profile.line, reason: .invalidProfileName(profile.name))
        }
        let members = try LocatedJSONObject(profile.value, called: profile.name, knowing: Self.names)
        (name, line) = (profile.name, profile.line)
        roleArn = try members.text("roleArn")
        chainRoleArn = try members.textsIfPresent("chainRoleArn") ?? []
        externalId = try members.textIfPresent("externalId")
        sessionName = try members.textIfPresent("sessionName")
        duration = try members.textIfPresent("duration")
        region = try members.textIfPresent("region")
        policy = try members.textIfPresent("policy")
        policyArn = try members.textsIfPresent("policyArn")
        allowedAccountId = try members.textsIfPresent("allowedAccountId")
        verify = try members.flagIfPresent("verify")
        serviceConnection = try members.textIfPresent("serviceConnection")
        webIdentityTokenFile = try members.textIfPresent("webIdentityTokenFile")
        issuer = try members.textsIfPresent("issuer")
        requireBranch = try members.textsIfPresent("requireBranch")
        requirePipeline = try members.textsIfPresent("requirePipeline")
    }
}
