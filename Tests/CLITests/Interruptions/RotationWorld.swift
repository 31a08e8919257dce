import Emulator
import Foundation

/// What AWS and Azure DevOps hold at a moment, to begin from it in another sandbox.
struct RotationWorld: Sendable {
    static let user = "ci-deploy"
    static let secret = "prod/ci-deploy"
    static let connection = "aws-prod"

    private(set) var aws: AWSWorld
    let azure: AzureWorld
    /// The secret values that came from there.
    let canaries: [String]

    init(_ sandbox: Sandbox) { (aws, azure, canaries) = (sandbox.aws, sandbox.azure, sandbox.canaries) }

    /// Puts all of it into the place of what the sandbox has.
    func fill(_ sandbox: Sandbox) {
        sandbox.changeAWS {
            ($0.accounts, $0.accessKeyPropagation) = (aws.accounts, aws.accessKeyPropagation)
        }
        sandbox.changeAzure {
            ($0.connections, $0.readyAfterReads) = (azure.connections, azure.readyAfterReads)
        }
    }

    /// Moves all that happened to the user's keys and to the secret into the past.
    mutating func age(by time: TimeInterval) {
        guard var user = aws[user: Self.user], var secret = aws[secret: Self.secret] else { return }
        for index in user.accessKeys.indices {
            user.accessKeys[index].created -= time
            user.accessKeys[index].lastUse?.date -= time
        }
        for index in secret.versions.indices { secret.versions[index].created -= time }
        secret.changed -= time
        (aws[user: Self.user], aws[secret: Self.secret]) = (user, secret)
    }

    // MARK: - What is in it

    var keys: [AWSWorld.UserKey] { aws[user: Self.user]?.accessKeys ?? [] }
    var keyInConnection: String { azure[connection: Self.connection]?.parameters["username"] ?? "" }

    /// The members of the version that has the label; `nil` where none has it.
    func members(of label: String) -> [String: Any]? {
        guard case .text(let text)? = aws[secret: Self.secret]?[stage: label]?.value else { return nil }
        return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
    }

    /// Whether a version of the secret names the key.
    func isKnown(_ key: String) -> Bool {
        aws[secret: Self.secret]?.versions.contains {
            if case .text(let text) = $0.value { text.contains(key) } else { false }
        } ?? false
    }

    /// The connection without its key, and without how far an update of it has come.
    var rest: String {
        guard var connection = azure[connection: Self.connection] else { return "there is none" }
        for name in ["username", "password"] { connection.parameters[name] = nil }
        let (parameters, data) = (connection.parameters.sorted { $0 < $1 }, connection.data.sorted { $0 < $1 })
        (connection.parameters, connection.data, connection.status) = ([:], [:], .settled)
        return "\(connection) \(parameters) \(data)"
    }
}
