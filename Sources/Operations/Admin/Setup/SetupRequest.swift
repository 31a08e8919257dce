import Domain

/// What `setup-provider` is asked for, every part of it checked before anybody is asked anything.
package struct SetupRequest: Sendable {
    /// What becomes of the goal.
    package enum Task: Sendable {
        /// What is missing in the accounts is made.
        case setUp
        /// What this command made is taken away.
        case remove
        /// The goal is written as code.
        case emit(InfrastructureCodeForm)
    }

    let task: Task
    let accounts: AccountsRequest
    let issuerSource: IssuerSource
    /// Whether the issuer was named as such, so that it need not be the organisation's.
    private let isIssuerNamed: Bool
    /// The organisation whose issuer it is, when that is known.
    let organization: OrganizationAddress?
    /// The project that subjects are made of.
    let project: String?
    /// Whose token is to assume the role at the end; `nil` if nobody asked for that.
    let verification: TokenSource?
    let admin: AdminSettings
    let change: ChangeRequest
    let network: NetworkRequest
    /// The audiences named; none for the issuer's usual ones.
    private let audiences: [String]
    private let tags: [String: String]
    let role: RoleGoal?

    /// - Throws: ``ErrorReport`` naming the option that is wrong.
    package init(_ settings: SetupSettings, network: NetworkRequest, _ context: Context) throws(ErrorReport) {
        let named = try settings.organization.issuer.map { (text) throws(ErrorReport) in try Self.issuer(text) }
        audiences = settings.organization.audiences.firstOfEach
        if let wrong = audiences.first(where: { !(1...255 ~= $0.count) }) {
            throw ErrorReport(.usage, "--audience has \(wrong.count) characters; IAM takes 1 to 255")
        }
        tags = try Self.tags(settings.role.tags)
        organization = OrganizationAddress(settings.organization.name, context)
        // An issuer that is not named is Azure DevOps's, whatever the organisation's GUID.
        let kind = named.map { Issuer($0.text) } ?? .azureDevOps(organizationID: "")
        var isRemoval = false
        if case .remove = settings.task { isRemoval = true }
        role = try RoleGoal(settings.role, issuer: kind, organization: organization?.name, removing: isRemoval)
        accounts = try AccountsRequest(settings.accounts)
        if case .emit(let form) = settings.task { try form.check(role, accounts) }
        verification = try settings.verification.map { (token) throws(ErrorReport) in
            let source = try TokenSource(token, context)
            try source.checkAccess()
            return source
        }
        if let named {
            issuerSource = .known(named)
        } else {
            issuerSource = try IssuerSource(settings.organization, organization, context)
        }
        isIssuerNamed = named != nil
        _ = try AWSEndpoint.region(settings.admin.region, context)
        (task, project, admin) = (settings.task, settings.role.project, settings.admin)
        (change, self.network) = (settings.change, network)
    }

    /// Whether what is there is taken away.
    var isRemoval: Bool { if case .remove = task { true } else { false } }

    /// What can be said without asking anybody. A subject of another organisation than the issuer's matches no token,
    /// and AWS will not say why.
    var findings: [Finding] {
        guard !isIssuerNamed, let name = organization?.name else { return [] }
        return (role?.subjects ?? []).compactMap { subject in
            guard let other = subject.organization, other.lowercased() != name.lowercased() else { return nil }
            return Finding(
                .subjectForeign, .warning, subject.text,
                "the subject \(subject.text) is of organisation \(other), and the issuer of \(name): no token matches",
                evidence: [Fact("subjectOrganization", other), Fact("issuerOrganization", name)])
        }
    }

    private static func issuer(_ text: String) throws(ErrorReport) -> IssuerURL {
        do throws(IssuerURL.ValidationError) {
            return try IssuerURL(validating: text)
        } catch {
            throw ErrorReport(
                .usage, "--issuer cannot be an IAM OIDC provider: \(ErrorReport.words(for: error))",
                hints: ["it is the iss of the tokens, such as https://vstoken.dev.azure.com/<the organisation's GUID>"])
        }
    }

    private static func tags(_ texts: [String]) throws(ErrorReport) -> [String: String] {
        var tags: [String: String] = [:]
        // To IAM keys are the same whose letters differ in case alone.
        var keys: Set<String> = []
        for text in texts {
            let scalars = text.unicodeScalars
            guard let separator = scalars.firstIndex(of: "=") else { throw notATag(text) }
            let (key, value) = (
                String(scalars[..<separator]), String(scalars[scalars.index(after: separator)...])
            )
            guard 1...128 ~= key.count, value.count <= 256, !key.lowercased().hasPrefix("aws:"),
                keys.insert(key.lowercased()).inserted, scalars.allSatisfy(isTaggable)
            else { throw notATag(text) }
            if key.lowercased() == SetupGoal.ownTag.key.lowercased() {
                throw ErrorReport(
                    .usage, "the tag \(SetupGoal.ownTag.key) is this program's: by it --remove knows what is its own")
            }
            tags[key] = value
        }
        return tags
    }

    /// Source: IAM API Reference, Tag, the pattern of `Key` and `Value`.
    private static func isTaggable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spaceSeparator, .lineSeparator, .paragraphSeparator:
            true
        default: "_.:/=+-@".unicodeScalars.contains(scalar)
        }
    }

    private static func notATag(_ text: String) -> ErrorReport {
        ErrorReport(
            .usage, "--tag is not a tag IAM takes: \(ForeignText.clean(text, limit: 100))",
            hints: ["write --tag key=value, each key once; keys of AWS's own begin with aws:"])
    }

    /// What every account shall have.
    ///
    /// - Parameter thumbprints: of the issuer, where AWS uses them.
    func goal(issuer: IssuerURL, thumbprints: [Thumbprint]) -> SetupGoal {
        SetupGoal(
            issuer: issuer, audiences: audiences.isEmpty ? Self.usualAudiences(of: issuer) : audiences,
            thumbprints: thumbprints, tags: tags, role: role)
    }

    /// The `aud` of the tokens that Azure DevOps and Entra issue for service connections. Entra's name the application
    /// too, as `azp`, and STS compares that in the place of `aud`; not by its documentation, which says so of Google alone.
    private static func usualAudiences(of issuer: IssuerURL) -> [String] {
        if case .entra = Issuer(issuer.text) {
            return ["fb60f99c-7a34-4190-8149-302f77469936", "499b84ac-1321-427f-aa17-267ca6975798"]
        }
        return ["api://AzureADTokenExchange"]
    }
}

/// A setup as it was asked for.
package struct SetupSettings: Sendable {
    package var task = SetupRequest.Task.setUp
    package var organization = OrganizationSettings()
    package var role = TrustedRoleSettings()
    package var accounts = AccountsSettings()
    package var admin = AdminSettings()
    /// Where the token comes from that is to assume the role at the end; `nil` if nobody asked for that.
    package var verification: TokenSettings?
    package var change: ChangeRequest

    package init(change: ChangeRequest) { self.change = change }
}

/// Whose tokens an account is to accept, as it was asked for.
package struct OrganizationSettings: Sendable {
    /// The NAME in `dev.azure.com/NAME`.
    package var name: String?
    /// The organisation's GUID.
    package var id: String?
    /// A file with a token that the organisation issued.
    package var webIdentityTokenFile: String?
    package var issuer: String?
    package var audiences: [String] = []

    package init() {}
}

extension Sequence where Element: Equatable {
    /// Without those that came before: an option may be typed twice.
    var firstOfEach: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
