import ArgumentParser
import AWS
import Domain

/// `keyless setup-provider`: everything AWS needs to accept an organisation's tokens.
struct SetupProviderCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup-provider",
        abstract: "Let an Azure DevOps organisation federate into AWS accounts: OIDC provider, role, trust policy.",
        usage: "keyless setup-provider [options]",
        discussion: """
            Shows what would be done, asks, and does it; what others made stays as
            it is, and a second run changes nothing.

              keyless setup-provider --organization contoso --project 'Web Shop' \\
                --service-connection-name aws-prod --role-name deploy \\
                --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess

            In all accounts of an AWS organisation:

              keyless setup-provider … --all-accounts \\
                --account-role OrganizationAccountAccessRole
            """
    )

    @OptionGroup(title: "Azure DevOps") var organization: OrganizationOptions
    @OptionGroup(title: "Role") var role: TrustedRoleOptions
    @OptionGroup(title: "AWS") var admin: AdminOptions
    @OptionGroup(title: "Accounts") var accounts: AccountOptions
    @Flag(help: "Take away what this command made, known by its tag, and nothing else.") var remove = false
    @Option(
        help: ArgumentHelp(
            """
            Write the setup as code in place of making it: a template for CloudFormation and StackSets, a Terraform \
            configuration, or the role's trust policy.
            """, valueName: "form"))
    var emit: Emission?
    @Flag(help: "In a pipeline: wait until a token of this job can assume the role.") var verify = false
    @Option(
        help: ArgumentHelp(
            "With --verify: take the token of this service connection, by its GUID, in place of the pipeline's own.",
            valueName: "guid"))
    var serviceConnection: String?
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var global: GlobalOptions

    var verbosity: Verbosity { global.verbosity }

    mutating func validate() throws {
        if emit != nil && remove { throw ValidationError("--emit and --remove exclude each other") }
        if verify && (emit != nil || remove) { throw ValidationError("--verify goes with neither --emit nor --remove") }
        if verify && role.roleName == nil { throw ValidationError("--verify is about a role: add --role-name") }
    }

    func run(_ context: Context, _ console: Console) async throws {
        let request = try SetupRequest(organization, role, removing: remove, context)
        let accounts = try AccountsRequest(self.accounts)
        let source = verify ? try TokenSource(tokenOptions, context) : nil
        let address = OrganizationAddress(organization.organization, context)
        warnOfOthers(request, address?.name, console)
        let network = try Network(global, context, console, addsAuthorities: true)
        let issuer =
            if let named = request.issuer { named } else {
                try await IssuerSearch(organization, context, network, console).issuer()
            }
        var thumbprints: [Thumbprint] = []
        if !change.offline && !remove {
            try await ProjectCheck.run(role.project, of: organization.organization, context, network, console)
            thumbprints = try await IssuerConfirmation(
                try ThumbprintProbe(global, context), network, console
            ).thumbprints(of: issuer, organization: address)
        }
        let goal = request.goal(issuer: issuer, thumbprints: thumbprints)
        let credentials = try AdminCredentials(admin, context, network, console)
        if let emit {
            let partition = credentials.region?.partition.rawValue ?? "aws"
            let text = try emit.text(of: goal, accounts: accounts, partition: partition)
            try context.standardOutput.write(Secret(text))
            return
        }
        let administrator = try await Administrator(credentials, over: network, context)
        let verification = source.map {
            RoleVerification(
                source: $0, region: credentials.region, network: network, context: context, console: console)
        }
        try await SetupProvider(
            administrator: administrator, accounts: accounts, goal: goal, isRemoval: remove, verification: verification,
            slots: Slots(self.accounts.concurrency), change: change, network: network, context: context,
            console: console
        ).run()
    }

    /// A subject of another organisation than the issuer's matches no token, and AWS will not say why.
    private func warnOfOthers(_ request: SetupRequest, _ name: String?, _ console: Console) {
        guard request.issuer == nil, let name else { return }
        for subject in request.role?.subjects ?? [] {
            guard let other = subject.organization, other.lowercased() != name.lowercased() else { continue }
            console.warn(
                "the subject \(subject.text) is of organisation \(other), and the issuer of \(name): no token matches")
        }
    }

    /// Where the token to verify with comes from.
    private var tokenOptions: TokenOptions {
        var options = TokenOptions()
        options.serviceConnection = serviceConnection
        options.webIdentityTokenFile = organization.webIdentityTokenFile
        return options
    }
}
