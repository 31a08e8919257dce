import Domain
import Foundation

/// AWS STS: `AssumeRoleWithWebIdentity`, `AssumeRole` and `GetCallerIdentity`, version 2011-06-15.
struct STSService: Sendable {
    static let operations = ["AssumeRoleWithWebIdentity", "AssumeRole", "GetCallerIdentity"]

    let state: AWSState

    /// - Returns: what is in the result; `nil` where there is no such action.
    /// - Throws: the refusal.
    func perform(
        _ action: String, _ request: ServerRequest, _ form: [(name: String, value: String)]
    ) throws(ServiceError) -> [XMLElement]? {
        switch action {
        case "AssumeRoleWithWebIdentity": return try assumeRoleWithWebIdentity(request, form)
        case "AssumeRole": return try assumeRole(form, caller: try state.caller(of: request, for: "sts"))
        case "GetCallerIdentity":
            _ = try QueryParameters(form, known: [])
            let caller = try state.caller(of: request, for: "sts")
            return [
                XMLElement("Arn", caller.arn), XMLElement("UserId", caller.userID),
                XMLElement("Account", caller.account),
            ]
        default: return nil
        }
    }

    var partition: String { state.world.read(\.partition) }

    func arn(of role: AWSWorld.Role) -> String { state.world.read { $0.arn(of: role) } }

    func arn(of provider: AWSWorld.Provider) -> String { state.world.read { $0.arn(of: provider) } }

    /// The role of that ARN; none in an account that is closed or on its way there.
    func assumableRole(_ arn: String) -> AWSWorld.Role? {
        state.world.read { world in
            guard let role = world[role: arn], world.accounts[role.account]?.state == .active else { return nil }
            return role
        }
    }

    /// Gives out credentials for a role and puts them into an answer's elements.
    func issue(
        _ role: AWSWorld.Role, sessionName: String, seconds: Int
    ) -> (credentials: XMLElement, user: XMLElement) {
        let id = state.secrets.accessKeyID(prefix: "ASIA")
        let seconds = state.world.read(\.longestSession).map { min($0, seconds) } ?? seconds
        let session = RoleSession(
            secret: state.secrets.secretKey(), token: state.secrets.sessionToken(),
            expires: Int(state.time.now().timeIntervalSince1970) + seconds, roleARN: arn(of: role), name: sessionName)
        state.remember(session, as: id)
        let caller = state.world.read { $0.caller(role, sessionName: sessionName) }
        let expiration = Date(timeIntervalSince1970: Double(session.expires)).formatted(.iso8601)
        return (
            XMLElement(
                "Credentials",
                [
                    XMLElement("AccessKeyId", id), XMLElement("SecretAccessKey", session.secret),
                    XMLElement("SessionToken", session.token), XMLElement("Expiration", expiration),
                ]),
            XMLElement("AssumedRoleUser", [XMLElement("AssumedRoleId", caller.userID), XMLElement("Arn", caller.arn)])
        )
    }
}
