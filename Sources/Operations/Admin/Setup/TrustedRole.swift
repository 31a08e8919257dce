import Domain
import LinuxSystem

/// The role to set up and whom it trusts, as it was asked for.
package struct TrustedRoleSettings: Sendable {
    package var name: String?
    /// The project that ``serviceConnections`` and ``pipelines`` are in.
    package var project: String?
    /// Names of service connections whose tokens are trusted.
    package var serviceConnections: [String] = []
    /// Names of pipelines whose tokens are trusted.
    package var pipelines: [String] = []
    /// Subjects to trust, as IAM reads them.
    package var subjects: [String] = []
    package var allowsAnySubject = false
    /// Managed policies to attach.
    package var policyARNs: [String] = []
    /// A file with a policy to put into the role.
    package var policyFile: String?
    package var permissionsBoundary: String?
    /// `1h` to `12h`
    package var maximumSessionDuration: String?
    /// `/pipelines/`
    package var path: String?
    /// `key=value`, for the provider and the role.
    package var tags: [String] = []

    package init() {}
}

extension RoleGoal {
    /// In characters without white space (IAM User Guide, "IAM and AWS STS quotas").
    private static let longestInlinePolicy = 10_240

    /// - Parameters:
    ///   - issuer: whose subjects they must be; `nil` for one nobody knows.
    ///   - organization: the name that subjects made of names begin with.
    ///   - removing: whether the role is only to be taken away.
    /// - Returns: `nil` where no role is wanted.
    /// - Throws: ``ErrorReport`` naming the option that is wrong.
    init?(
        _ settings: TrustedRoleSettings, issuer: Issuer?, organization: String?, removing: Bool
    ) throws(ErrorReport) {
        let subjects = try Self.subjects(settings, issuer: issuer, organization: organization)
        guard let name = settings.name else {
            guard subjects.isEmpty, !settings.allowsAnySubject, settings.policyARNs.isEmpty, settings.policyFile == nil
            else {
                throw ErrorReport(
                    .usage, "subjects and policies belong to a role, and none is named", hints: ["add --role-name"])
            }
            return nil
        }
        guard 1...64 ~= name.utf8.count, name.utf8.allSatisfy(SessionName.isLegal) else {
            throw ErrorReport(.usage, "--role-name is not one: 1 to 64 letters, digits and _+=,.@-")
        }
        guard removing || subjects.isEmpty == settings.allowsAnySubject else {
            throw settings.allowsAnySubject
                ? ErrorReport(.usage, "--allow-any-subject and the subjects named exclude each other") : .noSubject
        }
        self.init(
            name: name, path: try settings.path.map { (path) throws(ErrorReport) in try Self.path(path) },
            subjects: subjects,
            policies: try settings.policyARNs.firstOfEach.map { (text) throws(ErrorReport) in
                try Self.policy(text, "--policy-arn")
            },
            inlinePolicy: try settings.policyFile.map { (path) throws(ErrorReport) in try Self.inlinePolicy(path) },
            permissionsBoundary: try settings.permissionsBoundary.map { (text) throws(ErrorReport) in
                try Self.policy(text, "--permissions-boundary")
            },
            maximumSessionDuration: try settings.maximumSessionDuration.map { (text) throws(ErrorReport) in
                try Self.duration(text)
            })
    }

    private static func subjects(
        _ settings: TrustedRoleSettings, issuer: Issuer?, organization: String?
    ) throws(ErrorReport) -> [SubjectPattern] {
        let byName = !settings.serviceConnections.isEmpty || !settings.pipelines.isEmpty
        if byName, case .entra? = issuer { throw .entraSubjectByName }
        guard byName == (settings.project != nil) else {
            throw ErrorReport(
                .usage, "--project and --service-connection-name or --pipeline go together",
                hints: ["for every connection of a project: --subject 'sc://organisation/project/*'"])
        }
        guard !byName || organization != nil else {
            throw ErrorReport(
                .usage, "the subject begins with the organisation's name, and none is named",
                hints: ["add --organization NAME, as in dev.azure.com/NAME"])
        }
        let (organization, project) = (organization ?? "", settings.project ?? "")
        do throws(SubjectPattern.ValidationError) {
            var subjects: [SubjectPattern] = []
            for name in settings.serviceConnections {
                subjects.append(try .serviceConnection(name, project: project, organization: organization))
            }
            for name in settings.pipelines {
                subjects.append(try .pipeline(name, project: project, organization: organization))
            }
            for text in settings.subjects { subjects.append(try SubjectPattern(text, issuer: issuer)) }
            return subjects.firstOfEach
        } catch {
            throw ErrorReport(error)
        }
    }

    private static func path(_ text: String) throws(ErrorReport) -> String {
        let isLegal = text.utf8.allSatisfy { 0x21...0x7E ~= $0 } && !text.contains("//")
        guard isLegal, text.hasPrefix("/"), text.hasSuffix("/"), 1...512 ~= text.utf8.count else {
            throw ErrorReport(.usage, "--path is not one: it begins and ends with a slash, such as /pipelines/")
        }
        return text
    }

    private static func policy(_ text: String, _ option: String) throws(ErrorReport) -> PolicyARN {
        do throws(ARNError) {
            return try PolicyARN(text)
        } catch {
            throw ErrorReport(
                .usage, "\(option) is not a managed policy's ARN: \(ErrorReport.words(for: error))",
                hints: ["such as arn:aws:iam::aws:policy/ReadOnlyAccess"])
        }
    }

    private static func duration(_ text: String) throws(ErrorReport) -> Int {
        // A role allows an hour at least.
        guard let duration = try? SessionDuration(text), duration.seconds >= 3600 else {
            throw ErrorReport(.usage, "--max-session-duration is not between 1h and 12h")
        }
        return duration.seconds
    }

    private static func inlinePolicy(_ path: String) throws(ErrorReport) -> PolicyDocument {
        let text = try FileSystem.read(path, named: "policy").trimmed().exposedText
        let policy: PolicyDocument
        do throws(PolicyDocument.ParseError) {
            policy = try PolicyDocument(text)
        } catch {
            throw ErrorReport(.badInput, "the policy \(path) is none: \(ErrorReport.words(for: error))")
        }
        let excess = policy.size - longestInlinePolicy
        guard excess <= 0 else {
            throw ErrorReport(
                .badInput,
                "the policy \(path) has \(excess) characters more than the \(longestInlinePolicy) IAM takes in a role")
        }
        return policy
    }
}
