import ArgumentParser
import Domain
import Operations

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
    var emit: InfrastructureCodeForm?
    @Flag(help: "In a pipeline: wait until a token of this job can assume the role.") var verify = false
    @Option(
        help: ArgumentHelp(
            "With --verify: take the token of this service connection, by its GUID, in place of the pipeline's own.",
            valueName: "guid"))
    var serviceConnection: String?
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }
    var output: OutputForm { change.output }

    mutating func validate() throws {
        if emit != nil && remove { throw ValidationError("--emit and --remove exclude each other") }
        if verify && (emit != nil || remove) { throw ValidationError("--verify goes with neither --emit nor --remove") }
        if serviceConnection != nil && !verify {
            throw ValidationError("--service-connection names whose token --verify takes: add --verify")
        }
        if verify && role.roleName == nil { throw ValidationError("--verify is about a role: add --role-name") }
    }

    func request(_ context: Context) throws(ErrorReport) -> SetupRequest {
        var settings = SetupSettings(change: change.request)
        settings.task = remove ? .remove : emit.map { .emit($0) } ?? .setUp
        settings.organization = organization.settings
        settings.role = role.settings
        settings.accounts = accounts.settings
        settings.admin = admin.settings
        if verify {
            settings.verification = TokenSettings(
                serviceConnection: serviceConnection, webIdentityTokenFile: organization.webIdentityTokenFile)
        }
        return try SetupRequest(settings, network: everywhere.network(context), context)
    }

    func run(_ context: Context, _ console: Console) async throws {
        try await SetUpProvider.run(try request(context), context, console)
    }
}

extension InfrastructureCodeForm: ExpressibleByArgument {}
