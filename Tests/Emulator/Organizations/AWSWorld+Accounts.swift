extension AWSWorld {
    /// One account: what IAM holds for it, and what Organizations says of it.
    package struct Account: Sendable {
        /// What the account's life has come to, as Organizations names it.
        package enum State: String, Sendable {
            case pendingActivation = "PENDING_ACTIVATION"
            case active = "ACTIVE"
            case suspended = "SUSPENDED"
            case pendingClosure = "PENDING_CLOSURE"
            case closed = "CLOSED"
        }

        package var name: String
        package var state = State.active
        /// By URL without `https://`.
        package var providers: [String: Provider] = [:]
        /// By name in lower case: two names may not differ by case alone.
        package var roles: [String: Role] = [:]
        /// By name in lower case.
        package var users: [String: User] = [:]
        /// Those of Secrets Manager.
        package var secrets: [RegionalName: StoredSecret] = [:]
        /// Those of Systems Manager.
        package var parameters: [RegionalName: Parameter] = [:]
        /// ARNs of its own managed policies.
        package var policies: Set<String> = []

        package init(name: String = "account") { self.name = name }
    }

    /// An organisation of accounts.
    package struct Organization: Sendable {
        package var id = "o-a1b2c3d4e5"
        package var managementAccount: String
        /// In the order in which Organizations lists them, the management account included.
        package var members: [String]
        /// How many accounts a page has at most.
        package var pageSize = 20

        package init(managementAccount: String) {
            (self.managementAccount, members) = (managementAccount, [managementAccount])
        }
    }

    /// The role that Organizations puts into every account it makes.
    package static let memberRole = "OrganizationAccountAccessRole"

    /// Adds accounts to the organisation, which there is from then on. In each the role ``memberRole`` trusts the
    /// management account, ``home``, and may do everything.
    ///
    /// - Returns: their ids: 200000000001 and so on.
    @discardableResult
    package mutating func addAccounts(count: Int) -> [String] {
        var organization = self.organization ?? Organization(managementAccount: Self.home)
        let first = 200_000_000_000 + organization.members.count
        let trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
            "Principal":{"AWS":"arn:\(partition):iam::\(organization.managementAccount):root"}}]}
            """
        let ids = (first..<first + count).map(String.init)
        for id in ids {
            accounts[id] = Account(name: "member \(id)")
            add(
                Role(
                    account: id, name: Self.memberRole, trustPolicy: trust,
                    attachedPolicies: ["arn:\(partition):iam::aws:policy/AdministratorAccess"]))
        }
        organization.members += ids
        self.organization = organization
        return ids
    }
}
