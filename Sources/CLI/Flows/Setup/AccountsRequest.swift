import AWS
import Domain

/// Which accounts a command works on.
struct AccountsRequest: Sendable {
    private let named: [MemberAccount]
    private let isWholeOrganization: Bool
    /// The name of the role that lets into each account; `nil` to work in the caller's own.
    let role: String?

    /// More than an organisation has accounts.
    private static let largestFile = 16 << 20

    /// - Throws: ``ErrorReport`` for an id that is none, with the line where it stands in a file.
    init(_ options: AccountOptions) throws(ErrorReport) {
        var named: [MemberAccount] = []
        for id in options.account {
            guard MemberAccount.isID(id) else {
                throw ErrorReport(
                    .usage, "--account is not an account's id, 12 digits: \(ForeignText.clean(id, limit: 40))")
            }
            named.append(MemberAccount(id: id))
        }
        if let path = options.accountsFile { named += try Self.read(path) }
        // A file may name one twice, and two runs in one account at a time would be in each other's way.
        var seen: Set<String> = []
        self.named = named.filter { seen.insert($0.id).inserted }
        isWholeOrganization = options.allAccounts
        role = options.accountRole
    }

    private static func read(_ path: String) throws(ErrorReport) -> [MemberAccount] {
        let contents: Secret?
        do throws(FileSystem.Failure) {
            contents = try FileSystem.read(path, limit: largestFile)
        } catch {
            throw ErrorReport(error)
        }
        guard let text = contents?.trimmed() else {
            throw ErrorReport(.badInput, "cannot read the accounts file \(path): there is no such file")
        }
        if text.withExposedBytes({ $0.first == UInt8(ascii: "{") }) {
            guard let list = AccountList(text) else {
                throw ErrorReport(
                    .badInput, "the accounts file \(path) is not what 'aws organizations list-accounts' prints")
            }
            return list.accounts
        }
        return try lines(contents?.exposedText ?? "", of: path)
    }

    /// An id a line; empty lines, and what follows a `#` or the id, are for people.
    private static func lines(_ text: String, of path: String) throws(ErrorReport) -> [MemberAccount] {
        var accounts: [MemberAccount] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let id = words.first else { continue }
            guard MemberAccount.isID(id) else {
                throw ErrorReport(
                    .badInput,
                    "line \(index + 1) of the accounts file \(path) does not begin with an account's id, 12 digits: "
                        + ForeignText.clean(String(id), limit: 40))
            }
            accounts.append(MemberAccount(id: String(id), name: words.dropFirst().joined(separator: " ")))
        }
        return accounts
    }

    /// The active accounts to work on.
    ///
    /// - Parameter home: the caller's own.
    /// - Throws: ``SetupFailure``, ``ErrorReport`` where there is no way into an account.
    func accounts(
        from home: AccountSession, _ organizations: OrganizationsClient, _ console: Console
    ) async throws -> [MemberAccount] {
        var accounts = named.isEmpty ? [MemberAccount(id: home.id)] : named
        if isWholeOrganization {
            do throws(AWSError) {
                accounts = try await organizations.accounts()
            } catch {
                throw SetupFailure(
                    action: "organizations:ListAccounts", resource: "*", caller: home.caller, cause: error)
            }
        }
        let active = accounts.filter(\.isActive)
        if active.count < accounts.count {
            console.note(
                "\(accounts.count - active.count) accounts are passed over: they are suspended or being closed")
        }
        if role == nil, let other = active.first(where: { $0.id != home.id }) {
            throw ErrorReport(
                .usage, "there is no way into account \(other.id): the credentials are of \(home.id)",
                hints: ["name the role to assume there: --account-role OrganizationAccountAccessRole"])
        }
        return active
    }
}
