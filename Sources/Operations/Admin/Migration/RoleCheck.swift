import AWS
import AzureDevOps
import Domain

/// Whether a role accepts the tokens of a service connection: its trust policy is read, and evaluated offline for the
/// subject that the connection's tokens have in each project.
struct RoleCheck: Sendable {
    /// The audience of all tokens of Azure DevOps.
    private static let audience = "api://AzureADTokenExchange"

    let role: RoleARN
    /// Of the organisation's tokens.
    let issuer: IssuerURL
    let administrator: Administrator

    /// - Parameters:
    ///   - connection: with the projects that have it.
    ///   - project: the one that must be accepted; of the others a refusal is a warning.
    /// - Throws: ``AWSError``, ``CredentialError``, ``ErrorReport`` for what keeps it from looking.
    func findings(
        for connection: ServiceConnection, in organization: String, project: String
    ) async throws -> [Finding] {
        if let elsewhere { return [elsewhere] }
        let iam = try await administrator.iam()
        var findings = try await providerFindings(iam)
        guard let policy = try await iam.trustPolicy(of: role) else {
            let missing = Finding(
                .roleMissing, .error, role.text, "there is no role \(role)",
                advice: ["make it: keyless setup-provider --role-name \(role.name) …"])
            return findings + [missing]
        }
        for reference in connection.projectReferences {
            let isOwn = [reference.project.name, reference.project.id].contains {
                $0.lowercased() == project.lowercased()
            }
            let subject = "sc://\(organization)/\(reference.project.name)/\(reference.name ?? connection.name)"
            findings.append(finding(for: subject, policy, mustBeAccepted: isOwn))
        }
        return findings
    }

    /// That the administrator cannot look at the role, whose account is another.
    private var elsewhere: Finding? {
        let home = administrator.home
        guard role.account == home.id else {
            return Finding(
                .roleElsewhere, .error, role.text,
                "the role is in account \(role.account), and the credentials are of \(home.id)",
                advice: [
                    "name credentials of that account: --profile",
                    "--offline skips the check; in a pipeline --verify lets a real token assume the role",
                ])
        }
        guard role.partition == home.partition else {
            return Finding(
                .roleElsewhere, .error, role.text,
                "the role is in the partition \(role.partition), and the credentials are of \(home.partition)",
                advice: ["a role's ARN begins with arn:\(home.partition): there"])
        }
        return nil
    }

    private var providerARN: String { issuer.providerARN(role.partition, role.account).text }

    private func providerFindings(_ iam: IAMClient) async throws(AWSError) -> [Finding] {
        let setup = "keyless setup-provider --role-name \(role.name) makes what is missing"
        guard let provider = try await iam.openIDConnectProvider(providerARN) else {
            return [
                Finding(
                    .providerMissing, .error, providerARN,
                    "account \(role.account) has no OIDC provider for \(issuer.text), so no token is accepted",
                    advice: [setup])
            ]
        }
        guard provider.audiences.contains(Self.audience) else {
            return [
                Finding(
                    .audienceMissing, .error, providerARN,
                    "the OIDC provider \(providerARN) does not accept the audience \(Self.audience)",
                    evidence: [Fact("audiences", provider.audiences.joined(separator: ", "))], advice: [setup])
            ]
        }
        return []
    }

    private func finding(for subject: String, _ policy: PolicyDocument, mustBeAccepted: Bool) -> Finding {
        let evaluation = TrustEvaluation(
            of: policy,
            .webIdentity(provider: providerARN, issuerPath: issuer.path, audience: Self.audience, subject: subject))
        let evidence = [Fact("role", role.text)] + evaluation.reasons.map { Fact("reason", $0) }
        switch evaluation.outcome {
        case .allowed:
            return Finding(.subjectAccepted, .note, subject, "the role accepts \(subject)", evidence: evidence)
        case .undetermined:
            let keys = evaluation.unknownKeys.joined(separator: ", ")
            let unknown = keys.isEmpty ? evaluation.reasons.joined(separator: "; ") : keys
            return Finding(
                .subjectUndetermined, .warning, subject,
                "whether \(role) accepts \(subject) depends on what nobody can know here: \(unknown)",
                evidence: evidence)
        case .denied where mustBeAccepted: return refusal(subject, evaluation, evidence)
        case .denied:
            return Finding(
                .subjectDenied, .warning, subject,
                "\(role) does not accept \(subject): jobs of that project will get no credentials", evidence: evidence)
        }
    }

    private func refusal(_ subject: String, _ evaluation: TrustEvaluation, _ evidence: [Fact]) -> Finding {
        let parts = subject.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let isDenied = evaluation.statements.contains { $0.isDeny && $0.verdict == .holds }
        let setup =
            "let it in, with all others whom the role lets in: keyless setup-provider --role-name \(role.name) "
            + "--organization '\(parts[1])' --project '\(parts[2])' --service-connection-name '\(parts[3])'"
        return Finding(
            .subjectDenied, .error, subject,
            "the role \(role) would not accept \(ForeignText.clean(subject, limit: 300))", evidence: evidence,
            advice: evaluation.reasons + (isDenied ? [] : [setup]))
    }
}
