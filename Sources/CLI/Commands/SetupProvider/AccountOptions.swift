import ArgumentParser
import Operations

/// Which accounts to work on, where it is not the caller's own.
struct AccountOptions: ParsableArguments {
    @Option(help: ArgumentHelp("An account to work on. Repeatable.", valueName: "id"))
    var account: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file of accounts: an id a line, or the JSON of 'aws organizations list-accounts'.", valueName: "file"))
    var accountsFile: String?

    @Flag(help: "All active accounts of the AWS organisation.")
    var allAccounts = false

    @Option(
        help: ArgumentHelp(
            "The role to assume in each account, such as OrganizationAccountAccessRole.", valueName: "name"))
    var accountRole: String?

    @Option(help: ArgumentHelp("How many accounts to work on at once, 1 to 128.", valueName: "number"))
    var concurrency = 16

    var areNamed: Bool { !account.isEmpty || accountsFile != nil || allAccounts }

    mutating func validate() throws {
        guard 1...128 ~= concurrency else { throw ValidationError("--concurrency is 1 to 128") }
        if !areNamed && accountRole != nil {
            throw ValidationError("--account-role goes with --account, --accounts-file or --all-accounts")
        }
        if allAccounts && (!account.isEmpty || accountsFile != nil) {
            throw ValidationError("--all-accounts goes without --account and --accounts-file")
        }
    }

    var settings: AccountsSettings {
        var settings = AccountsSettings()
        (settings.named, settings.file) = (account, accountsFile)
        settings.isWholeOrganization = allAccounts
        (settings.role, settings.concurrency) = (accountRole, concurrency)
        return settings
    }
}
