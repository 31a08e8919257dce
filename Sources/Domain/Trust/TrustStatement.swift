/// The one statement of a trust policy that this program writes and knows again by its `Sid`.
package struct TrustStatement: Sendable {
    /// What the statement is known by.
    package static let sid = "KeylessAzurePipelines"

    /// The ARN of the IAM OIDC provider.
    package var providerARN: String
    /// The issuer without `https://`: the beginning of the condition keys.
    package var issuerPath: String
    /// The audiences accepted, one at least.
    package var audiences: [String]
    /// The subjects accepted; none for any subject of the issuer.
    package var subjects: [SubjectPattern]

    package init(providerARN: String, issuerPath: String, audiences: [String], subjects: [SubjectPattern]) {
        (self.providerARN, self.issuerPath) = (providerARN, issuerPath)
        (self.audiences, self.subjects) = (audiences, subjects)
    }

    /// The statement in IAM's JSON. Subjects without wildcards are compared as they are (`StringEquals`).
    package var json: JSONValue {
        var equals = ["\(issuerPath):aud": Self.oneOrMany(audiences)]
        var conditions: [String: JSONValue] = [:]
        if !subjects.isEmpty {
            let values = Self.oneOrMany(subjects.map(\.text))
            if subjects.contains(where: \.hasWildcard) {
                conditions["StringLike"] = .members(["\(issuerPath):sub": values])
            } else {
                equals["\(issuerPath):sub"] = values
            }
        }
        conditions["StringEquals"] = .members(equals)
        return .members([
            "Sid": .text(Self.sid), "Effect": .text("Allow"),
            "Principal": .members(["Federated": .text(providerARN)]),
            "Action": .text("sts:AssumeRoleWithWebIdentity"), "Condition": .members(conditions),
        ])
    }

    private static func oneOrMany(_ values: [String]) -> JSONValue {
        values.count == 1 ? .text(values[0]) : .list(values.map { .text($0) })
    }
}
