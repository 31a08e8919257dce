import AzureDevOps
import Domain

/// What `setup-provider` is asked for, every part of it checked before anybody is asked anything.
struct SetupRequest: Sendable {
    /// The issuer, where it was named as such.
    let issuer: IssuerURL?
    /// The audiences named; none for the issuer's usual ones.
    private let audiences: [String]
    private let tags: [String: String]
    let role: RoleGoal?

    /// - Parameter removing: whether the role is only to be taken away, so that nobody need be named whom it trusts.
    /// - Throws: ``ErrorReport`` naming the option that is wrong.
    init(
        _ organization: OrganizationOptions, _ role: TrustedRoleOptions, removing: Bool, _ context: Context
    ) throws(ErrorReport) {
        issuer = try organization.issuer.map { (text) throws(ErrorReport) in try Self.issuer(text) }
        audiences = organization.audience.firstOfEach
        if let wrong = audiences.first(where: { !(1...255 ~= $0.count) }) {
            throw ErrorReport(.usage, "--audience has \(wrong.count) characters; IAM takes 1 to 255")
        }
        tags = try Self.tags(role.tag)
        // An issuer that is not named is Azure DevOps's, whatever the organisation's GUID.
        let kind = issuer.map { Issuer($0.text) } ?? .azureDevOps(organizationID: "")
        self.role = try RoleGoal(
            role, issuer: kind, organization: OrganizationAddress(organization.organization, context)?.name,
            removing: removing)
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
                keys.insert(key.lowercased()).inserted
            else { throw notATag(text) }
            tags[key] = value
        }
        return tags
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

extension Sequence where Element: Equatable {
    /// Without those that came before: an option may be typed twice.
    var firstOfEach: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
