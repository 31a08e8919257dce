/// An Amazon Resource Name: `arn:<partition>:<service>:<region>:<account>:<resource>`.
///
/// Source: AWS General Reference, "Amazon Resource Names (ARNs)"; IAM User Guide, "IAM identifiers" and "IAM and AWS STS
/// quotas".
package struct ARN: Sendable, Hashable, CustomStringConvertible {
    /// Which of AWS's separate clouds it is in.
    package let partition: Partition
    /// `iam`, `secretsmanager`, …
    package let service: String
    /// Empty for what belongs to no region, such as everything of IAM's.
    package let region: String
    /// 12 digits; `aws` for what AWS itself owns, empty for what belongs to no account.
    package let account: String
    /// `role/pipelines/deploy`
    package let resource: String

    /// Takes the parts as they are.
    package init(_ partition: Partition, _ service: String, region: String = "", account: String, _ resource: String) {
        (self.partition, self.service, self.region) = (partition, service, region)
        (self.account, self.resource) = (account, resource)
    }

    /// A role of an account.
    package static func role(_ role: RoleName, _ partition: Partition, _ account: AccountID) -> ARN {
        .iam(partition, account, "role\(role.path)\(role.name)")
    }

    /// Something of IAM's in an account.
    package static func iam(_ partition: Partition, _ account: AccountID, _ resource: String) -> ARN {
        ARN(partition, "iam", account: account.text, resource)
    }

    /// - Throws: ``ARNError/notAnARN``, ``ARNError/tooLong``, ``ARNError/unknownPartition(_:)``.
    package init(_ text: String) throws(ARNError) {
        guard text.utf8.count <= 2048 else { throw .tooLong }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn" else { throw .notAnARN }
        guard let partition = Partition(rawValue: parts[1]) else { throw .unknownPartition(parts[1]) }
        self.init(partition, parts[2], region: parts[3], account: parts[4], parts[5])
    }

    /// The whole ARN.
    package var text: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }
    /// The whole ARN.
    package var description: String { text }
}

/// The name of an IAM role with its path: IAM is asked by the name alone, an ARN has both.
package struct RoleName: Sendable, Hashable {
    package let name: String
    /// Begins and ends with `/`.
    package let path: String

    package init(_ name: String, path: String = "/") { (self.name, self.path) = (name, path) }
}

/// Why a text is not the ARN that is wanted.
package enum ARNError: Error, Sendable, Equatable {
    /// It is not of the form `arn:partition:service:region:account:resource`.
    case notAnARN
    /// It is longer than 2048 characters.
    case tooLong
    /// No such partition exists.
    case unknownPartition(String)
    /// It names something of another service or kind; `found` is what it names, such as `sts` or `user`.
    case wrongKind(found: String)
    /// It names a region, which IAM's ARNs never do.
    case hasRegion(String)
    /// The account is not 12 digits.
    case malformedAccount(String)
    /// The path or the name has characters IAM does not allow, or is too long.
    case malformedName(String)
}

/// The ARN of an IAM role: `arn:aws:iam::123456789012:role/path/name`.
package struct RoleARN: Sendable, Hashable, CustomStringConvertible {
    /// The whole ARN, as it was given.
    package let text: String
    /// The partition it is in.
    package let partition: Partition
    /// The account the role belongs to.
    package let account: AccountID
    /// Without its path.
    package let name: String

    /// - Throws: ``ARNError`` if it is not a role's ARN. A session's ARN (`assumed-role/…`) is not one.
    package init(_ text: String) throws(ARNError) {
        let arn = try ARN(text)
        name = try arn.name(ofKind: "role", maximumLength: 64)
        guard let account = AccountID(arn.account) else { throw .malformedAccount(arn.account) }
        (self.text, partition, self.account) = (text, arn.partition, account)
    }

    /// The whole ARN.
    package var description: String { text }
}

/// The ARN of a managed policy: `arn:aws:iam::aws:policy/ReadOnlyAccess`, or one of an account's own.
package struct PolicyARN: Sendable, Hashable, CustomStringConvertible {
    /// The whole ARN, as it was given.
    package let text: String
    /// The partition it is in.
    package let partition: Partition
    /// The account it belongs to; `nil` for one of AWS's own.
    package let account: AccountID?

    /// - Throws: ``ARNError`` if it is not a managed policy's ARN.
    package init(_ text: String) throws(ARNError) {
        let arn = try ARN(text)
        _ = try arn.name(ofKind: "policy", maximumLength: 128)
        account = AccountID(arn.account)
        guard account != nil || arn.account == "aws" else { throw .malformedAccount(arn.account) }
        (self.text, partition) = (text, arn.partition)
    }

    /// The whole ARN.
    package var description: String { text }
}

extension ARN {
    /// The name at the end of `<kind>/<path><name>`, checked as IAM checks it.
    fileprivate func name(ofKind kind: String, maximumLength: Int) throws(ARNError) -> String {
        let parts = resource.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard service == "iam" else { throw .wrongKind(found: service) }
        guard parts[0] == kind, parts.count > 1 else { throw .wrongKind(found: parts[0]) }
        guard region.isEmpty else { throw .hasRegion(region) }
        guard AccountID(account) != nil || (kind == "policy" && account == "aws") else {
            throw .malformedAccount(account)
        }
        let name = parts[parts.count - 1]
        let path = parts.dropFirst().dropLast()
        let isPath = path.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 0x21...0x7E ~= $0 } }
        let pathLength = path.reduce(1) { $0 + $1.utf8.count + 1 }
        guard isPath, pathLength <= 512, 1...maximumLength ~= name.utf8.count,
            name.utf8.allSatisfy(SessionName.isLegal)
        else { throw .malformedName(parts.dropFirst().joined(separator: "/")) }
        return name
    }
}
