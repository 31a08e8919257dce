import AWS
import AzureDevOps
import Domain

/// Whether a role accepts the tokens of a service connection: its trust policy is read, and evaluated offline for the
/// subject that the connection's tokens have in each project.
struct RoleCheck {
    /// The audience of all tokens of Azure DevOps.
    private static let audience = "api://AzureADTokenExchange"

    let role: RoleARN
    /// Of the organisation's tokens.
    let issuer: IssuerURL
    let administrator: Administrator
    let network: Network

    /// What there is to know before the switch.
    struct Result {
        /// The subjects that are accepted, in the order of the projects.
        var accepted: [String] = []
        /// What is worth a warning.
        var warnings: [String] = []
    }

    /// - Parameters:
    ///   - connection: with the projects that have it.
    ///   - project: the one that must be accepted.
    /// - Throws: ``ErrorReport`` where the role would refuse, ``AdminFailure``.
    func run(_ connection: ServiceConnection, in organization: String, project: String) async throws -> Result {
        guard role.account == administrator.home.id else {
            throw ErrorReport(
                .refused, "the role is in account \(role.account), and the credentials are of \(administrator.home.id)",
                hints: [
                    "name credentials of that account: --profile",
                    "--offline skips the check; in a pipeline --verify lets a real token assume the role",
                ])
        }
        guard role.partition == administrator.home.partition else {
            throw ErrorReport(
                .refused,
                "the role is in the partition \(role.partition), and the credentials are of \(administrator.home.partition)",
                hints: ["a role's ARN begins with arn:\(administrator.home.partition): there"])
        }
        try await checkProvider()
        let iam = try administrator.iam(administrator.home, network.renewed().retrier)
        let policy = try await administrator.asking("iam:GetRole", on: role.text) { () throws(AWSError) in
            try await iam.trustPolicy(of: role)
        }
        guard let policy else {
            throw ErrorReport(
                .badInput, "there is no role \(role)",
                hints: ["make it: keyless setup-provider --role-name \(role.name) …"])
        }
        return try evaluate(policy, connection, organization, project)
    }

    private var providerARN: String { "arn:\(role.partition):iam::\(role.account):oidc-provider/\(issuer.path)" }

    private func checkProvider() async throws {
        let iam = try administrator.iam(administrator.home, network.renewed().retrier)
        let provider = try await administrator.asking("iam:GetOpenIDConnectProvider", on: providerARN) {
            () throws(AWSError) in
            try await iam.openIDConnectProvider(providerARN)
        }
        let setup = "keyless setup-provider --role-name \(role.name) makes what is missing"
        guard let provider else {
            throw ErrorReport(
                .refused, "account \(role.account) has no OIDC provider for \(issuer.text), so no token is accepted",
                hints: [setup])
        }
        guard provider.audiences.contains(Self.audience) else {
            throw ErrorReport(
                .refused, "the OIDC provider \(providerARN) does not accept the audience \(Self.audience)",
                hints: [setup])
        }
    }

    private func evaluate(
        _ policy: PolicyDocument, _ connection: ServiceConnection, _ organization: String, _ project: String
    ) throws(ErrorReport) -> Result {
        var result = Result()
        for reference in connection.projectReferences {
            let isOwn = [reference.project.name, reference.project.id].contains {
                $0.lowercased() == project.lowercased()
            }
            let subject = "sc://\(organization)/\(reference.project.name)/\(reference.name ?? connection.name)"
            let evaluation = TrustEvaluation(
                of: policy,
                .webIdentity(
                    provider: providerARN, issuerPath: issuer.path, audience: Self.audience, subject: subject))
            switch evaluation.outcome {
            case .allowed: result.accepted.append(subject)
            case .undetermined:
                let keys = evaluation.unknownKeys.joined(separator: ", ")
                result.warnings.append(
                    "whether \(role) accepts \(subject) depends on what nobody can know here: \(keys.isEmpty ? evaluation.reasons.joined(separator: "; ") : keys)"
                )
            case .denied where isOwn: throw refusal(subject, evaluation)
            case .denied:
                result.warnings.append(
                    "\(role) does not accept \(subject): jobs of that project will get no credentials")
            }
        }
        return result
    }

    private func refusal(_ subject: String, _ evaluation: TrustEvaluation) -> ErrorReport {
        let parts = subject.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let isDenied = evaluation.statements.contains { $0.isDeny && $0.verdict == .holds }
        let setup =
            "let it in, with all others whom the role lets in: keyless setup-provider --role-name \(role.name) "
            + "--organization '\(parts[1])' --project '\(parts[2])' --service-connection-name '\(parts[3])'"
        return ErrorReport(
            .refused, "the role \(role) would not accept \(ForeignText.clean(subject, limit: 300))",
            hints: evaluation.reasons + (isDenied ? [] : [setup]))
    }
}
