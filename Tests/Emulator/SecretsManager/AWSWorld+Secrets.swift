package import Foundation
import TLSCrypto

extension AWSWorld {
    /// A secret of Secrets Manager.
    package struct StoredSecret: Sendable {
        package var account: String
        package var region: String
        package var name: String
        package var description: String?
        package var created = AWSWorld.beginning
        /// Moves with every change, also of staging labels.
        package var changed = AWSWorld.beginning
        /// The day of the last read.
        package var accessed: Date?
        /// When it is going to be deleted: what is marked so is neither read nor written.
        package var deletion: Date?
        /// In the order in which they were made.
        package var versions: [SecretVersion] = []

        package init(account: String, region: String, name: String) {
            (self.account, self.region, self.name) = (account, region, name)
        }

        /// The six characters that end its ARN: the same for the same name.
        package var suffix: String {
            let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
            let digest = Digest.sha256(Array("\(account)/\(region)/\(name)".utf8))
            return String(digest.prefix(6).map { letters[Int($0) % letters.count] })
        }

        /// The version of that id.
        package subscript(version id: String) -> SecretVersion? { versions.first { $0.id == id } }

        /// The version that has a staging label.
        package subscript(stage label: String) -> SecretVersion? { versions.first { $0.stages.contains(label) } }
    }

    /// One value of a secret.
    package struct SecretVersion: Sendable {
        /// What is kept.
        package enum Value: Sendable, Equatable {
            case text(String)
            case bytes([UInt8])
        }

        /// Thirty-two to sixty-four characters.
        package var id: String
        package var value: Value
        /// Its staging labels. A version without any is deprecated.
        package var stages: [String]
        package var created = AWSWorld.beginning
        /// The day of the last read.
        package var accessed: Date?

        package init(id: String = UUID().uuidString.lowercased(), _ value: Value, stages: [String]) {
            (self.id, self.value, self.stages) = (id, value, stages)
        }
    }

    package func arn(of secret: StoredSecret) -> String {
        "arn:\(partition):secretsmanager:\(secret.region):\(secret.account):secret:\(secret.name)-\(secret.suffix)"
    }

    /// The secret of that name. One that is set where there is none is added, with the account.
    package subscript(
        secret name: String, in account: String = AWSWorld.home, region region: String = AWSWorld.region
    ) -> StoredSecret? {
        get { accounts[account]?.secrets[RegionalName(region: region, name: name)] }
        set { accounts[account, default: Account()].secrets[RegionalName(region: region, name: name)] = newValue }
    }

    /// Adds a secret, in the place of one of the same name. Its texts are among the sandbox's canaries.
    ///
    /// - Parameter versions: the values it has, in the order in which they were made; without any it has none yet.
    /// - Returns: its ARN.
    @discardableResult
    package mutating func addSecret(
        name: String, account: String = AWSWorld.home, region: String = AWSWorld.region, versions: [SecretVersion] = []
    ) -> String {
        var secret = StoredSecret(account: account, region: region, name: name)
        secret.versions = versions
        for version in versions { if case .text(let text) = version.value { secrets.remember(text) } }
        self[secret: name, in: account, region: region] = secret
        return arn(of: secret)
    }
}
