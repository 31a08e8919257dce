import Domain
import Foundation
import TLSCrypto

/// AWS STS: `AssumeRoleWithWebIdentity`, `AssumeRole` and `GetCallerIdentity`, version 2011-06-15.
package final class STSService: Sendable {
    let world: Shared<AWSWorld>
    let secrets: SecretMint
    let time: any TimeSource
    /// The sessions it has given out, by access key id.
    private let sessions = Shared<[String: AccessKey]>([:])

    init(world: Shared<AWSWorld>, secrets: SecretMint, time: any TimeSource) {
        (self.world, self.secrets, self.time) = (world, secrets, time)
    }

    /// The action a request names, or `unknown`.
    static func operation(of request: ServerRequest) -> String {
        operation(in: request.formItems)
    }

    private static func operation(in form: [(name: String, value: String)]) -> String {
        form.first { $0.name == "Action" }?.value ?? "unknown"
    }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        guard request.method == "POST", request.path == "/" else {
            return ServerAnswer(status: 302, fields: [("Location", "https://aws.amazon.com/iam")])
        }
        do throws(STSError) {
            return try dispatch(request)
        } catch {
            return STSAnswer.error(error)
        }
    }

    private func dispatch(_ request: ServerRequest) throws(STSError) -> ServerAnswer {
        let type = request.field("content-type")?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded", request.query == nil else {
            throw STSError(code: "MissingAction", message: "The request is missing an action or a required parameter.")
        }
        let form = request.formItems
        let action = Self.operation(in: form)
        let version = form.first { $0.name == "Version" }?.value ?? "NO_VERSION_SPECIFIED"
        guard version == "2011-06-15" else { throw Self.noOperation(action, version) }
        switch action {
        case "AssumeRoleWithWebIdentity": return try assumeRoleWithWebIdentity(request, form)
        case "AssumeRole": return try assumeRole(form, caller: try caller(of: request))
        case "GetCallerIdentity":
            _ = try STSParameters(form, known: [])
            let caller = try caller(of: request)
            return STSAnswer.result(
                of: action,
                [
                    XMLElement("Arn", caller.arn), XMLElement("UserId", caller.userID),
                    XMLElement("Account", caller.account),
                ])
        default: throw Self.noOperation(action, version)
        }
    }

    private static func noOperation(_ action: String, _ version: String) -> STSError {
        STSError(code: "InvalidAction", message: "Could not find operation \(action) for version \(version)")
    }

    private func caller(of request: ServerRequest) throws(STSError) -> Caller {
        let world = world.value
        let verifier = SignatureVerifier(regions: world.regions, now: time.now()) { id in
            self.sessions.value[id] ?? world.accessKey(id)
        }
        return try verifier.verify(request)
    }

    /// Gives out credentials for a role and puts them into an answer's elements.
    func issue(
        _ role: AWSWorld.Role, sessionName: String, seconds: Int
    ) -> (credentials: XMLElement, user: XMLElement) {
        let world = world.value
        let now = time.now()
        let expires = Int(now.timeIntervalSince1970) + seconds
        let id = secrets.accessKeyID(prefix: "ASIA")
        let (secret, token) = (secrets.secretKey(), secrets.sessionToken())
        let userID = "\(role.id):\(sessionName)"
        let caller = Caller(
            account: role.account,
            arn: "arn:\(world.partition):sts::\(role.account):assumed-role/\(role.name)/\(sessionName)",
            userID: userID, principalARN: world.arn(of: role), isSession: true, mayAssume: role.mayAssume)
        let key = AccessKey(secret: secret, sessionToken: token, expires: expires, caller: caller)
        sessions.change { $0[id] = key }
        let expiration = Date(timeIntervalSince1970: Double(expires)).formatted(.iso8601)
        return (
            XMLElement(
                "Credentials",
                [
                    XMLElement("AccessKeyId", id), XMLElement("SecretAccessKey", secret),
                    XMLElement("SessionToken", token), XMLElement("Expiration", expiration),
                ]),
            XMLElement("AssumedRoleUser", [XMLElement("AssumedRoleId", userID), XMLElement("Arn", caller.arn)])
        )
    }
}

extension AWSWorld {
    /// What is behind a long-term key's id, where the key is active.
    fileprivate func accessKey(_ id: String) -> AccessKey? {
        guard let user = users.first(where: { $0.accessKeyID == id }), user.isKeyActive else { return nil }
        let arn = "arn:\(partition):iam::\(user.account):user/\(user.name)"
        let caller = Caller(
            account: user.account, arn: arn, userID: Self.uniqueID(prefix: "AIDA", of: arn), principalARN: arn,
            isSession: false, mayAssume: user.mayAssume)
        return AccessKey(secret: user.secretAccessKey, sessionToken: nil, expires: nil, caller: caller)
    }

    /// An id as IAM gives it to users and roles: the same for the same name.
    fileprivate static func uniqueID(prefix: String, of name: String) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        return prefix + String(Digest.sha256(Array(name.utf8)).prefix(17).map { letters[Int($0) % letters.count] })
    }
}

extension AWSWorld.Role {
    /// `AROA…`.
    fileprivate var id: String { AWSWorld.uniqueID(prefix: "AROA", of: "\(account)/\(name)") }
}
