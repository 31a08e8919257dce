package import Foundation

extension AWSWorld {
    /// A user, who may do nothing but ask who they are, or everything that is not denied.
    package struct User: Sendable {
        package var account: String
        package var name: String
        /// Begins and ends with `/`.
        package var path = "/"
        package var created = AWSWorld.beginning
        /// Whether everything is allowed that is not denied.
        package var isAdministrator = false
        /// Actions, with wildcards, that the user may not do: `iam:CreateRole`.
        package var deniedActions: [String] = []
        /// Two at most, in the order in which they were made.
        package var accessKeys: [UserKey] = []

        package init(account: String, name: String) { (self.account, self.name) = (account, name) }

        /// The id of the first key; empty where there is none.
        package var accessKeyID: String { accessKeys.first?.id ?? "" }

        /// The secret of the first key; empty where there is none.
        package var secretAccessKey: String { accessKeys.first?.secret ?? "" }
    }

    /// A long-term access key.
    package struct UserKey: Sendable {
        /// As IAM names it.
        package enum Status: String, Sendable {
            case active = "Active"
            case inactive = "Inactive"
            /// AWS has ended it; nobody sets it.
            case expired = "Expired"
        }

        /// When a key was last taken, by which service, in which region.
        package struct Use: Sendable, Equatable {
            package var date: Date
            /// As scopes of signatures name it: `sts`.
            package var service: String
            package var region: String

            package init(date: Date, service: String, region: String) {
                (self.date, self.service, self.region) = (date, service, region)
            }
        }

        package var id: String
        package var secret: String
        package var status = Status.active
        package var created = AWSWorld.beginning
        package var lastUse: Use?
        /// What becomes of its next uses, while AWS's hosts still hear of it: see ``AWSWorld/accessKeyPropagation``.
        var outcomes: [Bool] = []

        package init(id: String, secret: String) { (self.id, self.secret) = (id, secret) }
    }

    /// Whose a key is.
    struct KeyOwner: Sendable {
        let account: String
        let user: String
    }

    func arn(of user: User) -> String { "arn:\(partition):iam::\(user.account):user\(user.path)\(user.name)" }

    /// The user of that name, in whatever case. One that is set where there is none is added, with the account.
    package subscript(user name: String, in account: String = AWSWorld.home) -> User? {
        get { accounts[account]?.users[name.lowercased()] }
        set {
            let key = name.lowercased()
            for old in accounts[account]?.users[key]?.accessKeys ?? [] { keyOwners[old.id] = nil }
            for new in newValue?.accessKeys ?? [] { keyOwners[new.id] = KeyOwner(account: account, user: key) }
            accounts[account, default: Account()].users[key] = newValue
        }
    }

    /// The long-term key of that id, whatever its status.
    package subscript(accessKey id: String) -> UserKey? { owner(ofKey: id)?.accessKeys.first { $0.id == id } }

    /// The user whose key that is.
    func owner(ofKey id: String) -> User? {
        let isOwner = { (user: User) in user.accessKeys.contains { $0.id == id } }
        if let owner = keyOwners[id], let user = self[user: owner.user, in: owner.account], isOwner(user) {
            return user
        }
        for account in accounts.values { if let user = account.users.values.first(where: isOwner) { return user } }
        return nil
    }

    /// Changes the long-term key of that id, where there is one.
    package mutating func changeAccessKey(_ id: String, _ change: (inout UserKey) -> Void) {
        guard var user = owner(ofKey: id), let index = user.accessKeys.firstIndex(where: { $0.id == id }) else {
            return
        }
        change(&user.accessKeys[index])
        self[user: user.name, in: user.account] = user
    }

    /// Adds a user with active keys, in the place of one of the same name. Every host of AWS knows the keys already.
    ///
    /// - Returns: the user. Its secrets are among the sandbox's canaries.
    @discardableResult
    package mutating func addUser(
        name: String, account: String = AWSWorld.home, keys: Int = 1, isAdministrator: Bool = false
    ) -> User {
        var user = User(account: account, name: name)
        user.isAdministrator = isAdministrator
        user.accessKeys = (0..<keys).map { _ in
            UserKey(id: secrets.accessKeyID(prefix: "AKIA"), secret: secrets.secretKey())
        }
        self[user: name, in: account] = user
        return user
    }

    /// The user `administrator` of ``home``, who may do everything that is not denied.
    package var administrator: User? {
        get { self[user: "administrator", in: Self.home] }
        set { self[user: "administrator", in: Self.home] = newValue }
    }
}
