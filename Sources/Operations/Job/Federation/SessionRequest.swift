import AWS
import AzureDevOps
import Domain

/// The session that is wanted and the token that it is wanted for, every part of it checked before anything is sent.
package struct SessionRequest: Sendable {
    /// What it was made of.
    let settings: SessionSettings
    let role: RoleARN
    /// Roles to assume one after the other with the credentials of the one before.
    let chain: [RoleARN]
    let externalID: String?
    let sessionName: SessionName
    let duration: SessionDuration
    /// The region the user or the environment named; what is handed on with the credentials.
    let region: Region?
    /// They narrow the last role of the chain: on an earlier one they would forbid the next step.
    let policies: SessionPolicies
    let allowedAccounts: [AccountID]
    let verify: Bool
    let endpoint: Endpoint
    let token: TokenSource
    let expectations: TokenExpectations

    /// The longest session AWS gives to a role assumed with another role's credentials.
    private static let longestChained = 3600

    /// - Throws: ``ErrorReport`` naming the option or variable that is wrong.
    package init(_ settings: SessionSettings, _ context: Context) throws(ErrorReport) {
        self.settings = settings
        guard let roleText = settings.roleARN ?? context.variable("AWS_ROLE_ARN") else { throw .noRole }
        role = try Self.role(roleText, named: settings.roleARN == nil ? "AWS_ROLE_ARN" : "--role-arn")
        chain = try Self.chain(settings.chainRoleARNs, after: role)
        if settings.externalID != nil && chain.isEmpty {
            throw ErrorReport(
                .usage, "--external-id has no role to go to: AssumeRoleWithWebIdentity takes none",
                hints: ["it goes with --chain-role-arn"])
        }
        externalID = try settings.externalID.map { (text) throws(ErrorReport) in try Self.externalID(text) }
        sessionName = try Self.sessionName(settings.sessionName, context)
        duration = try Self.duration(settings.duration, chained: !chain.isEmpty)
        region = try AWSEndpoint.region(settings.region, context)
        policies = SessionPolicies(
            inline: try settings.policyFile.map { (path) throws(ErrorReport) in try SessionPolicy.read(path) },
            managed: try Self.policyARNs(settings.policyARNs))
        allowedAccounts = try Self.allowedAccounts(settings.allowedAccounts, target: chain.last ?? role)
        verify = settings.verifies
        endpoint = try AWSEndpoint.sts(region: region, role: role, context)
        token = try TokenSource(settings.token, context)
        expectations = TokenExpectations(
            namedIssuers: settings.rules.issuers, branches: settings.rules.branches,
            pipelines: settings.rules.pipelines, serviceConnectionAsked: token.asksForConnection)
    }

    private static func chain(_ texts: [String], after role: RoleARN) throws(ErrorReport) -> [RoleARN] {
        var chain: [RoleARN] = []
        for text in texts {
            let next = try Self.role(text, named: "--chain-role-arn")
            guard next.partition == role.partition else {
                throw ErrorReport(
                    .usage,
                    "--chain-role-arn is in partition \(next.partition), and a session of \(role.partition) ends there")
            }
            chain.append(next)
        }
        return chain
    }

    /// - Throws: ``ErrorReport`` where the option is no role's ARN.
    static func role(_ text: String, named option: String) throws(ErrorReport) -> RoleARN {
        do throws(ARNError) {
            return try RoleARN(text)
        } catch {
            throw ErrorReport(
                .usage, "\(option) is not a role ARN: \(ErrorReport.words(for: error))",
                hints: ["a role ARN looks like arn:aws:iam::111122223333:role/deploy"])
        }
    }

    private static func externalID(_ text: String) throws(ErrorReport) -> String {
        let legal = text.utf8.allSatisfy { $0.isASCIILetterOrDigit(or: "_+=,.@:/-") }
        guard legal, (2...1224).contains(text.utf8.count) else {
            throw ErrorReport(
                .usage, "--external-id is not one: 2 to 1224 letters, digits and _+=,.@:/-")
        }
        return text
    }

    private static func sessionName(_ named: String?, _ context: Context) throws(ErrorReport) -> SessionName {
        guard let text = named ?? context.variable("AWS_ROLE_SESSION_NAME") else {
            let agent = AgentEnvironment(context.environment)
            guard let pipeline = agent.pipelineName else { return SessionName.legalised("keyless") }
            // A long pipeline name is cut rather than the number that tells the runs apart.
            return SessionName.legalised("azp-\(pipeline)", suffix: agent.buildID.map { "-\($0)" } ?? "")
        }
        do throws(SessionName.ValidationError) {
            return try SessionName(validating: text)
        } catch {
            let option = named == nil ? "AWS_ROLE_SESSION_NAME" : "--session-name"
            throw ErrorReport(
                .usage, "\(option) is not a session name: \(ErrorReport.words(for: error))",
                hints: ["this one would do: \(SessionName.legalised(text))"])
        }
    }

    private static func duration(_ text: String, chained: Bool) throws(ErrorReport) -> SessionDuration {
        let duration: SessionDuration
        do throws(SessionDuration.ParseError) {
            duration = try SessionDuration(text)
        } catch {
            throw ErrorReport(
                .usage, "--duration is not one: \(ErrorReport.words(for: error))",
                hints: ["from 15m to 12h, for example --duration 1h"])
        }
        if chained && duration.seconds > longestChained {
            throw ErrorReport(
                .usage, "--duration \(text) is too long for a chained role: AWS gives those 1 hour at most",
                hints: ["leave --duration out, or name the last role as --role-arn and let it trust the token itself"])
        }
        return duration
    }

    private static func policyARNs(_ texts: [String]) throws(ErrorReport) -> [PolicyARN] {
        guard texts.count <= 10 else {
            throw ErrorReport(.usage, "--policy-arn was given \(texts.count) times; AWS takes 10 at most")
        }
        var policies: [PolicyARN] = []
        for text in texts {
            do throws(ARNError) {
                policies.append(try PolicyARN(text))
            } catch {
                throw ErrorReport(
                    .usage, "--policy-arn is not a policy ARN: \(ErrorReport.words(for: error))",
                    hints: ["a policy ARN looks like arn:aws:iam::aws:policy/ReadOnlyAccess"])
            }
        }
        return policies
    }

    /// The role's own account is known before any call, so a role of another account is refused right away.
    private static func allowedAccounts(_ texts: [String], target: RoleARN) throws(ErrorReport) -> [AccountID] {
        let accounts = texts.compactMap { AccountID($0) }
        guard accounts.count == texts.count else {
            throw ErrorReport(.usage, "--allowed-account-id takes the 12 digits of an account")
        }
        if !accounts.isEmpty && !accounts.contains(target.account) {
            throw .accountNotAllowed(target.account, allowed: accounts)
        }
        return accounts
    }
}
