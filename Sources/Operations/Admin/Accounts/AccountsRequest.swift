import Domain
import LinuxSystem

/// Which accounts a command works on, as it was asked for.
package struct AccountsSettings: Sendable {
    /// Ids of accounts.
    package var named: [String] = []
    /// A file of accounts: an id a line, or the JSON of `aws organizations list-accounts`.
    package var file: String?
    /// Whether all active accounts of the AWS organisation are meant.
    package var isWholeOrganization = false
    /// The name of the role to assume in each account.
    package var role: String?
    /// How many accounts are worked on at once.
    package var concurrency = 16

    package init() {}
}

/// Which accounts a command works on.
struct AccountsRequest: Sendable {
    private let named: [MemberAccount]
    private let isWholeOrganization: Bool
    /// Whether other accounts than the caller's own may be meant.
    var areMany: Bool { isWholeOrganization || named.count > 1 }
    /// The account named, where it is one alone.
    var only: AccountID? { named.count == 1 && !isWholeOrganization ? named[0].id : nil }
    /// The name of the role that lets into each account; `nil` to work in the caller's own.
    let role: String?
    /// How many accounts are worked on at once.
    let concurrency: Int

    /// More than an organisation has accounts.
    private static let largestFile = 16 << 20

    /// - Throws: ``ErrorReport`` for an id that is none, with the line where it stands in a file.
    init(_ settings: AccountsSettings) throws(ErrorReport) {
        var named: [MemberAccount] = []
        for text in settings.named {
            guard let id = AccountID(text) else {
                throw ErrorReport(
                    .usage, "--account is not an account's id, 12 digits: \(ForeignText.clean(text, limit: 40))")
            }
            named.append(MemberAccount(id: id))
        }
        if let path = settings.file {
            let accounts = try Self.read(path)
            // None at all would mean the caller's own.
            if accounts.isEmpty { throw ErrorReport(.badInput, "the accounts file \(path) names no account") }
            named += accounts
        }
        // A file may name one twice, and two runs in one account at a time would be in each other's way.
        var seen: Set<AccountID> = []
        self.named = named.filter { seen.insert($0.id).inserted }
        isWholeOrganization = settings.isWholeOrganization
        (role, concurrency) = (settings.role, settings.concurrency)
        if role == nil, isWholeOrganization {
            throw ErrorReport(
                .usage, "there is no way into the organisation's accounts: no role to assume there is named",
                hints: ["name it: --account-role OrganizationAccountAccessRole"])
        }
        if let role, !Self.isRoleName(role) {
            throw ErrorReport(.usage, "--account-role is not a role's name: \(ForeignText.clean(role, limit: 100))")
        }
    }

    /// Whether it is the name of a role, with or without its path.
    private static func isRoleName(_ text: String) -> Bool {
        let path = text.hasPrefix("/") ? String(text.dropFirst()) : text
        return (try? RoleARN("arn:aws:iam::000000000000:role/\(path)")) != nil
    }

    private static func read(_ path: String) throws(ErrorReport) -> [MemberAccount] {
        let text = try FileSystem.read(path, named: "accounts file", limit: largestFile)
        if text.trimmed().withExposedBytes({ $0.first == UInt8(ascii: "{") }) {
            guard let list = AccountList(text) else {
                throw ErrorReport(
                    .badInput, "the accounts file \(path) is not what 'aws organizations list-accounts' prints")
            }
            return list.accounts
        }
        return try lines(text.exposedText, of: path)
    }

    /// An id a line; empty lines, and what follows a `#` or the id, are for people.
    private static func lines(_ text: String, of path: String) throws(ErrorReport) -> [MemberAccount] {
        var accounts: [MemberAccount] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let word = words.first else { continue }
            guard let id = AccountID(word) else {
                throw ErrorReport(
                    .badInput,
                    "line \(index + 1) of the accounts file \(path) does not begin with an account's id, 12 digits: "
                        + ForeignText.clean(String(word), limit: 40))
            }
            accounts.append(MemberAccount(id: id, name: words.dropFirst().joined(separator: " ")))
        }
        return accounts
    }

    /// The accounts to work on, one after the other, so that work can begin before the last one is known.
    ///
    /// - Parameter administrator: in whose own account to work where none is named.
    /// - Throws: ``ErrorReport`` where there is no way into an account that is named.
    func feed(for administrator: Administrator) throws(ErrorReport) -> AccountFeed {
        let named = named.isEmpty && !isWholeOrganization ? [MemberAccount(id: administrator.home.id)] : named
        return try AccountFeed(named, administrator, isWholeOrganization: isWholeOrganization, role: role)
    }
}
