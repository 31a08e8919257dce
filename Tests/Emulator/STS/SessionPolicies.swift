import Foundation

/// The policies that narrow a session: checked for form and size, not evaluated.
struct SessionPolicies {
    /// What inline policy and ARNs may take together, in characters.
    private static let limit = 2048

    private let policy: String?
    private let arns: [String]

    init(_ parameters: inout QueryParameters) {
        policy = parameters.optional("Policy", .policy)
        arns = parameters.list("PolicyArns", suffix: ".arn")
        for number in arns.indices { _ = parameters.optional("PolicyArns.member.\(number + 1).arn", .policyARN) }
        if arns.count > 10 {
            parameters.violate(
                "Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10")
        }
    }

    /// - Returns: `PackedPolicySize` in percent, where there are policies.
    /// - Throws: `MalformedPolicyDocument` or `PackedPolicyTooLarge`.
    func check() throws(ServiceError) -> [XMLElement] {
        if let policy {
            let document = try? JSONSerialization.jsonObject(with: Data(policy.utf8)) as? [String: Any]
            guard let document else {
                throw .malformedPolicy("This policy contains invalid Json")
            }
            guard document["Statement"] != nil else {
                throw .malformedPolicy("Syntax errors in policy.")
            }
        }
        let size = (policy?.count ?? 0) + arns.reduce(0) { $0 + $1.count }
        let percent = (size * 100 + Self.limit - 1) / Self.limit
        guard percent <= 100 else {
            throw ServiceError(
                code: "PackedPolicyTooLarge",
                message: "Packed policy consumes \(percent)% of allotted space, please use smaller policy.")
        }
        return size == 0 ? [] : [XMLElement("PackedPolicySize", String(percent))]
    }
}
