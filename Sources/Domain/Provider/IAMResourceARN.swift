/// What the ARNs of roles and policies have in common: `arn:<partition>:iam::<account>:<kind>/<path><name>`.
///
/// Source: IAM User Guide, "IAM identifiers" and "IAM and AWS STS quotas".
struct IAMResourceARN {
    private static let partitions: Set<String> = [
        "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc",
    ]

    let partition: String
    /// 12 digits, or `aws` for what AWS itself owns.
    let account: String
    let name: String

    init(_ text: String, kind: String, maximumNameLength: Int) throws(ARNError) {
        guard text.utf8.count <= 2048 else { throw .tooLong }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn" else { throw .notAnARN }
        guard Self.partitions.contains(parts[1]) else { throw .unknownPartition(parts[1]) }

        let resource = parts[5].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts[2] == "iam" else { throw .wrongKind(found: parts[2]) }
        guard resource[0] == kind, resource.count > 1 else { throw .wrongKind(found: resource[0]) }
        guard parts[3].isEmpty else { throw .hasRegion(parts[3]) }
        let isAccount = parts[4].utf8.count == 12 && parts[4].utf8.allSatisfy { 0x30...0x39 ~= $0 }
        guard isAccount || (kind == "policy" && parts[4] == "aws") else { throw .malformedAccount(parts[4]) }

        let name = resource[resource.count - 1]
        let path = resource.dropFirst().dropLast()
        let isPath = path.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 0x21...0x7E ~= $0 } }
        let pathLength = path.reduce(1) { $0 + $1.utf8.count + 1 }
        guard isPath, pathLength <= 512, 1...maximumNameLength ~= name.utf8.count,
            name.utf8.allSatisfy(SessionName.isLegal)
        else { throw .malformedName(resource.dropFirst().joined(separator: "/")) }
        (partition, account, self.name) = (parts[1], parts[4], name)
    }
}
