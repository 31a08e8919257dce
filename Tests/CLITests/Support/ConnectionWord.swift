import Emulator
import Foundation
import TestSupport

/// A script's word that says what access keys there are and where they are kept. `Tests/Scripts/README.md` lists them.
enum ConnectionWord: String {
    case user, secret, parameter, connection
    case connectionRoles = "connection-roles"
    case patScopes = "pat-scopes"
    case updates
    case rateLimit = "rate-limit"
    case keyPropagation = "key-propagation"
    case keyUsed = "key-used"
    case usesConnections = "uses-connections"

    /// - Throws: ``TestSetupError`` for words that make no sense.
    func change(_ sandbox: Sandbox, _ words: [String]) throws {
        switch self {
        case .user: try Self.user(sandbox, words)
        case .secret: try Self.secret(sandbox, words)
        case .parameter: try Self.parameter(sandbox, words)
        case .connection: try Self.connection(sandbox, words)
        case .connectionRoles: try Self.roles(sandbox, words)
        case .patScopes: sandbox.changeAzure { $0.patScopes = Set(words) }
        case .updates: try Self.updates(sandbox, words)
        case .rateLimit: try Self.rateLimit(sandbox, words)
        case .keyPropagation:
            let outcomes = try words.map { word in
                guard ["taken", "refused"].contains(word) else { throw Self.nonsense(word) }
                return word == "taken"
            }
            sandbox.changeAWS { $0.accessKeyPropagation = outcomes }
        case .keyUsed: try Self.keyUsed(sandbox, words)
        case .usesConnections: sandbox.useConnections()
        }
    }

    private static func nonsense(_ word: String) -> TestSetupError { TestSetupError("'\(word)' is none of the words") }

    /// `KEY=VALUE`; the value is empty where there is none.
    private static func pairs(_ words: some Sequence<String>) -> [(key: String, value: String)] {
        words.map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    /// `user NAME STATUS…`: keys that are there stay, in order, unless they are `Deleted`.
    private static func user(_ sandbox: Sandbox, _ words: [String]) throws {
        let name = words.first ?? ""
        let statuses = try words.dropFirst().map { word -> AWSWorld.UserKey.Status? in
            if word == "Deleted" { return nil }
            guard let status = AWSWorld.UserKey.Status(rawValue: word) else { throw nonsense(word) }
            return status
        }
        sandbox.changeAWS { world in
            var keys = world[user: name, in: AWSWorld.home]?.accessKeys ?? []
            var user = world.addUser(name: name, keys: max(0, statuses.count - keys.count))
            keys = Array((keys + user.accessKeys).prefix(statuses.count))
            user.accessKeys = zip(keys, statuses).compactMap { key, status in
                guard let status else { return nil }
                var key = key
                key.status = status
                return key
            }
            world[user: name, in: AWSWorld.home] = user
        }
    }

    /// `secret NAME LABEL=VALUE… [deleted]`: a version for each value; a label may be several, with commas.
    private static func secret(_ sandbox: Sandbox, _ words: [String]) throws {
        let name = words.first ?? ""
        var versions: [AWSWorld.SecretVersion] = []
        for (labels, value) in pairs(words.dropFirst().filter { $0 != "deleted" }) {
            let kept: AWSWorld.SecretVersion.Value =
                value == "{bytes}" ? .bytes([0, 159, 146, 150]) : .text(try filled(value, sandbox))
            versions.append(.init(kept, stages: labels.split(separator: ",").map(String.init)))
        }
        sandbox.changeAWS { world in
            world.addSecret(name: name, versions: versions)
            if words.contains("deleted") { world[secret: name]?.deletion = Date(timeIntervalSinceNow: 7 * 86_400) }
        }
    }

    /// `key-used USER NUMBER`: the user's key of that number was used right now, in IAM's whole seconds not before.
    private static func keyUsed(_ sandbox: Sandbox, _ words: [String]) throws {
        guard words.count == 2, let number = Int(words[1]),
            let keys = sandbox.aws[user: words[0], in: AWSWorld.home]?.accessKeys, keys.indices.contains(number - 1)
        else { throw nonsense(words.joined(separator: " ")) }
        let second = Date().timeIntervalSince1970.rounded(.up)
        let use = AWSWorld.UserKey.Use(
            date: Date(timeIntervalSince1970: second), service: "s3", region: "eu-west-1")
        sandbox.changeAWS { $0.changeAccessKey(keys[number - 1].id) { $0.lastUse = use } }
    }

    /// `parameter NAME VALUE`.
    private static func parameter(_ sandbox: Sandbox, _ words: [String]) throws {
        guard words.count == 2 else { throw TestSetupError("parameter takes a name and a value") }
        let value = try filled(words[1], sandbox)
        sandbox.changeAWS { _ = $0.addParameter(name: words[0], value: value) }
    }

    /// Puts a user's first key in the place of `{id:USER}` and `{secret:USER}`; `{id2:USER}` is the second's.
    private static func filled(_ text: String, _ sandbox: Sandbox) throws -> String {
        var rest = text[...]
        var filled = ""
        while let start = rest.firstRange(of: /\{(id|secret)(2?):([^{}]+)\}/) {
            guard let match = rest[start].wholeMatch(of: /\{(id|secret)(2?):([^{}]+)\}/)?.output,
                let keys = sandbox.aws[user: String(match.3), in: AWSWorld.home]?.accessKeys,
                let key = keys.dropFirst(match.2.isEmpty ? 0 : 1).first
            else { throw nonsense(String(rest[start])) }
            filled += rest[..<start.lowerBound] + (match.1 == "id" ? key.id : key.secret)
            rest = rest[start.upperBound...]
        }
        return filled + rest
    }

    /// `connection NAME KEY=VALUE…`: changes it, or makes one.
    private static func connection(_ sandbox: Sandbox, _ words: [String]) throws {
        let name = words.first ?? ""
        let number = 10 + sandbox.azure.connections.count
        var connection =
            sandbox.azure[connection: name]
            ?? .init(id: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c01\(number + 10)", name: name)
        for (key, value) in pairs(words.dropFirst()) {
            switch key {
            case "type": connection.type = value
            case "url": connection.url = value
            case "scheme": connection.scheme = value
            case "description": connection.description = value
            case "job-role": connection.jobRole = AzureWorld.Role(rawValue: value)
            case "unreferenced": connection.isReferenced = false
            case "user":
                guard let key = sandbox.aws[user: value, in: AWSWorld.home]?.accessKeys.first else {
                    throw nonsense(value)
                }
                connection.parameters.merge(
                    ["username": key.id, "password": key.secret, "sessionToken": "", "useOIDC": "false"]) { $1 }
            case "project":
                let parts = value.split(separator: ":", maxSplits: 1).map(String.init)
                connection.references.append(.init(project: parts.first, name: parts.last ?? name))
            case let key where key.hasPrefix("data."): connection.data[String(key.dropFirst(5))] = value
            default: connection.parameters[key] = try filled(value, sandbox)
            }
        }
        sandbox.changeAzure { world in
            world.connections.removeAll { $0.id == connection.id }
            world.connections.append(connection)
        }
    }

    /// `connection-roles job=ROLE person=ROLE`.
    private static func roles(_ sandbox: Sandbox, _ words: [String]) throws {
        for (key, value) in pairs(words) {
            guard let role = AzureWorld.Role(rawValue: value), ["job", "person"].contains(key) else {
                throw nonsense("\(key)=\(value)")
            }
            sandbox.changeAzure { if key == "job" { $0.jobRole = role } else { $0.personRole = role } }
        }
    }

    /// `updates ready-after=N fail keep-nulls`.
    private static func updates(_ sandbox: Sandbox, _ words: [String]) throws {
        for (key, value) in pairs(words) {
            switch key {
            case "ready-after": sandbox.changeAzure { $0.readyAfterReads = Int(value) ?? 0 }
            case "fail": sandbox.changeAzure { $0.updateFails = value != "no" }
            case "keep-nulls": sandbox.changeAzure { $0.keepsSecretsGivenAsNull = true }
            default: throw nonsense(key)
            }
        }
    }

    /// `rate-limit BLOCKS SECONDS`.
    private static func rateLimit(_ sandbox: Sandbox, _ words: [String]) throws {
        let numbers = words.compactMap { Int($0) }
        guard numbers.count == 2 else { throw TestSetupError("rate-limit takes two numbers") }
        sandbox.changeAzure { $0.rateLimit = .init(blocks: numbers[0], retryAfter: numbers[1]) }
    }
}
