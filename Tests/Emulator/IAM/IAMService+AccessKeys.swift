import Domain
import Foundation

extension IAMService {
    func getUser(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let user = try changeUser(userName(&call), call) { $0 }
        let (id, arn) = state.world.read { ($0.id(of: user), $0.arn(of: user)) }
        return [
            XMLElement(
                "User",
                [
                    XMLElement("Path", user.path), XMLElement("UserName", user.name), XMLElement("UserId", id),
                    XMLElement("Arn", arn), XMLElement("CreateDate", user.created.formatted(.iso8601)),
                ])
        ]
    }

    /// Every call makes another key: nothing tells a repeated request from a second one.
    func createAccessKey(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let name = userName(&call)
        var key = AWSWorld.UserKey(
            id: state.secrets.accessKeyID(prefix: "AKIA"), secret: state.secrets.secretKey())
        key.created = state.time.now()
        key.outcomes = state.world.read(\.accessKeyPropagation)
        let user = try changeUser(name, call) { [key] user throws(ServiceError) in
            // Inactive ones count.
            guard user.accessKeys.count < 2 else {
                throw .limitExceeded("Cannot exceed quota for AccessKeysPerUser: 2")
            }
            user.accessKeys.append(key)
            return user
        }
        return [
            XMLElement("AccessKey", Self.elements(key, of: user) + [XMLElement("SecretAccessKey", key.secret)])
        ]
    }

    func listAccessKeys(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, page) = (userName(&call), IAMPage(&call))
        let user = try changeUser(name, call) { $0 }
        let keys = Dictionary(uniqueKeysWithValues: user.accessKeys.map { ($0.id, $0) })
        return try list("AccessKeyMetadata", keys, page: page) { Self.elements($0, of: user) }
    }

    func updateAccessKey(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, id) = (userName(&call), call.parameters.required("AccessKeyId", .accessKeyID))
        let text = call.parameters.required("Status", .accessKeyStatus)
        let outcomes = state.world.read(\.accessKeyPropagation)
        try changeAccessKey(id, of: name, call) { key throws(ServiceError) in
            guard let status = AWSWorld.UserKey.Status(rawValue: text), status != .expired else {
                throw .invalidInput("The sandbox refuses the status '\(text)', which AWS alone gives.")
            }
            if status == .active, key.status != .active { key.outcomes = outcomes }
            key.status = status
        }
        return nil
    }

    func deleteAccessKey(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, id) = (userName(&call), call.parameters.required("AccessKeyId", .accessKeyID))
        try changeAccessKey(id, of: name, call) { _ in }
        try changeUser(name, call) { $0.accessKeys.removeAll { $0.id == id } }
        return nil
    }

    /// A key of another account is one that the caller may know nothing of.
    func getAccessKeyLastUsed(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let id = call.parameters.required("AccessKeyId", .accessKeyID)
        try call.authorize("access key \(id)")
        let (owner, key) = state.world.read { ($0.owner(ofKey: id), $0[accessKey: id]) }
        guard let owner, let key, owner.account == call.caller.account else {
            throw .notAuthorized(call.caller, "iam:\(call.action)", on: "access key \(id)")
        }
        let date = key.lastUse.map { [XMLElement("LastUsedDate", $0.date.formatted(.iso8601))] } ?? []
        return [
            XMLElement("UserName", owner.name),
            XMLElement(
                "AccessKeyLastUsed",
                date + [
                    XMLElement("ServiceName", key.lastUse?.service ?? "N/A"),
                    XMLElement("Region", key.lastUse?.region ?? "N/A"),
                ]),
        ]
    }

    /// The user's name; that of the caller where none is given, `nil` where the caller is no user.
    private func userName(_ call: inout IAMCall) -> String? {
        call.parameters.optional("UserName", .userName) ?? call.caller.userName
    }

    /// Reads or changes the user of that name, where the caller may. Names are found in their own case only.
    @discardableResult
    private func changeUser<Result: Sendable>(
        _ name: String?, _ call: IAMCall, _ body: (inout AWSWorld.User) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try call.parameters.throwViolations()
        guard let name else { throw .validation("Must specify userName when calling with non-User credentials") }
        try call.authorize("user \(name)")
        return try state.world.change { world throws(ServiceError) in
            guard var user = world[user: name, in: call.caller.account], user.name == name else {
                throw .noSuchEntity("The user with name \(name) cannot be found.")
            }
            let result = try body(&user)
            world[user: name, in: call.caller.account] = user
            return result
        }
    }

    private func changeAccessKey(
        _ id: String, of name: String?, _ call: IAMCall,
        _ body: (inout AWSWorld.UserKey) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        try changeUser(name, call) { user throws(ServiceError) in
            guard let index = user.accessKeys.firstIndex(where: { $0.id == id }) else {
                throw .noSuchEntity("The Access Key with id \(id) cannot be found.")
            }
            try body(&user.accessKeys[index])
        }
    }

    private static func elements(_ key: AWSWorld.UserKey, of user: AWSWorld.User) -> [XMLElement] {
        [
            XMLElement("UserName", user.name), XMLElement("AccessKeyId", key.id),
            XMLElement("Status", key.status.rawValue), XMLElement("CreateDate", key.created.formatted(.iso8601)),
        ]
    }
}
