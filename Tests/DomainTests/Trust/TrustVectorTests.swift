import Domain
import Foundation
import TestSupport
import Testing

/// What three evaluators agree on (Tests/Vectors/README.md).
@Suite("A trust policy's evaluation, as others have it")
struct TrustVectorTests {
    /// One text, or a list of them.
    enum Texts: Decodable, Sendable {
        case one(String)
        case many([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .one(text)
            } else {
                self = .many(try container.decode([String].self))
            }
        }

        var value: TrustContext.Value {
            switch self {
            case .one(let text): .one(text)
            case .many(let texts): .many(texts)
            }
        }
    }

    struct Condition: Decodable, Sendable, CustomTestStringConvertible {
        let `operator`: String
        let key: String
        let policy: [String]
        let context: [String: Texts]
        let expected: Bool

        var testDescription: String { "\(`operator`) \(policy) on \(context) → \(expected)" }
    }

    struct Policy: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let policy: JSONValue
        let action: String
        let principal: String
        let context: [String: Texts]
        let expected: Bool

        var testDescription: String { name }
    }

    private static let provider = "arn:aws:iam::123456789012:oidc-provider/issuer.example"

    private func outcome(
        _ policy: String, action: String, provider: String, _ context: [String: Texts]
    ) throws -> TrustEvaluation.Outcome {
        // As in the vectors, what is not in the context is not there.
        let context = TrustContext(
            action: action, provider: provider, issuerPath: "issuer.example", values: context.mapValues(\.value),
            unknownPrefixes: [])
        return TrustEvaluation(of: try PolicyDocument(policy), context).outcome
    }

    private func policy(_ test: Condition) -> String {
        let condition: JSONValue = .members([
            test.operator: .members([test.key: .list(test.policy.map { .text($0) })])
        ])
        return JSONValue.members([
            "Version": "2012-10-17",
            "Statement": .list([
                .members(["Effect": "Allow", "Principal": "*", "Action": "*", "Condition": condition])
            ]),
        ]).json()
    }

    @Test("decides conditions", arguments: try Vectors.cases(Condition.self, "condition-cases.json"))
    func conditions(test: Condition) throws {
        let outcome = try outcome(
            policy(test), action: "sts:AssumeRoleWithWebIdentity", provider: Self.provider, test.context)
        #expect(outcome == (test.expected ? .allowed : .denied))
    }

    @Test("decides policies", arguments: try Vectors.cases(Policy.self, "trust-cases.json"))
    func policies(test: Policy) throws {
        let outcome = try outcome(test.policy.json(), action: test.action, provider: test.principal, test.context)
        #expect(outcome == (test.expected ? .allowed : .denied))
    }

    @Test("has all its cases") func count() throws {
        #expect(try Vectors.cases(Condition.self, "condition-cases.json").count == 681)
        #expect(try Vectors.cases(Policy.self, "trust-cases.json").count == 30)
    }
}
