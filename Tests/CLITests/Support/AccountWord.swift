import Emulator
import Foundation
import TestSupport

/// A script's word that says what somebody else does in AWS accounts, or to tokens. `Tests/Scripts/README.md` lists them.
enum AccountWord: String {
    case deny, allow, suspend, provider, role, trust, thumbprints, token

    /// - Throws: ``TestSetupError`` for words that make no sense.
    func change(_ sandbox: Sandbox, _ words: [String]) throws {
        guard let first = words.first else { throw TestSetupError("'\(rawValue)' needs a word") }
        let others = Array(words.dropFirst())
        switch self {
        case .deny: sandbox.changeAWS { $0.deny(others, in: first) }
        case .allow: sandbox.changeAWS { $0.allow(others, in: first) }
        case .suspend: sandbox.changeAWS { $0.accounts[first]?.state = .suspended }
        case .provider:
            var provider = AWSWorld.Provider(account: AWSWorld.home, url: first, clientIDs: ["their-audience"])
            provider.tags = Self.tags(others)
            sandbox.changeAWS { [provider] in $0.add(provider) }
        case .role:
            let trust = #"{"Version":"2012-10-17","Statement":[]}"#
            var role = AWSWorld.Role(account: AWSWorld.home, name: first, trustPolicy: trust)
            role.tags = Self.tags(others)
            sandbox.changeAWS { [role] in $0.add(role) }
        case .trust: try Self.trust(sandbox, role: first, principals: others)
        case .thumbprints:
            guard var provider = sandbox.aws[provider: "arn:aws:iam::\(AWSWorld.home):oidc-provider/\(first)"] else {
                throw TestSetupError("there is no provider \(first)")
            }
            provider.thumbprints = others
            sandbox.changeAWS { [provider] in $0.add(provider) }
        case .token: sandbox.changeAzure { $0.token.audience = first }
        }
    }

    private static func tags(_ words: [String]) -> [AWSWorld.Tag] {
        words.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            .map { AWSWorld.Tag(key: $0[0], value: $0.last ?? "") }
    }

    /// `trust ROLE PRINCIPAL…`: a statement of its own for each, at the end of the trust policy.
    private static func trust(_ sandbox: Sandbox, role name: String, principals: [String]) throws {
        guard var role = sandbox.aws[role: "arn:aws:iam::\(AWSWorld.home):role/\(name)"],
            var policy = try JSONSerialization.jsonObject(with: Data(role.trustPolicy.utf8)) as? [String: Any],
            var statements = policy["Statement"] as? [[String: Any]]
        else { throw TestSetupError("there is no role \(name)") }
        for principal in principals {
            let isProvider = principal.contains(":oidc-provider/")
            statements.append([
                "Sid": "Theirs\(statements.count)", "Effect": "Allow",
                "Principal": [isProvider ? "Federated" : "AWS": principal],
                "Action": isProvider ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole",
            ])
        }
        policy["Statement"] = statements
        let data = try JSONSerialization.data(withJSONObject: policy, options: [.sortedKeys, .withoutEscapingSlashes])
        role.trustPolicy = String(decoding: data, as: UTF8.self)
        sandbox.changeAWS { [role] in $0.add(role) }
    }
}
