import Emulator
import Foundation
import TestSupport
import Testing

/// Conditions one by one, each in a policy that allows whatever meets it.
@Suite("A trust policy's condition")
struct ConditionCasesTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let group: String
        let `operator`: String
        let key: String
        let policy: [String]
        let context: [String: OneOrMoreTexts]
        let expected: Bool

        var testDescription: String { "\(`operator`) \(policy) on \(context.mapValues(\.values)) → \(expected)" }

        func evaluate() throws -> Bool {
            let condition = [`operator`: [key: policy]]
            let conditionJSON = String(decoding: try JSONEncoder().encode(condition), as: UTF8.self)
            let policy = try TrustPolicy(
                json: #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Condition":\#(conditionJSON)}]}"#)
            return try TrustPolicyEvaluator(policy).allows(
                TrustRequest(action: "sts:Any", principal: .aws([]), context: context.mapValues(\.values)))
        }
    }

    /// Not supported is what no policy of the sandbox needs: trust policies for OIDC test `aud` and `sub`, neither of
    /// which is a date, an address or an ARN, and variables (a few cases of the group `string` hold them too) have no
    /// place there.
    private static func isSupported(_ vector: Case) -> Bool {
        !["date", "ip", "arn", "variable"].contains(vector.group) && !vector.policy.contains { $0.contains("${") }
    }

    static let all = (try? Vectors.cases(Case.self, "condition-cases.json")) ?? []
    static let supportedCases = all.filter(isSupported)
    static let unsupportedCases = all.filter { !isSupported($0) }

    @Test("is decided as three other evaluators decide it", arguments: supportedCases)
    func decides(_ vector: Case) throws {
        #expect(try vector.evaluate() == vector.expected)
    }

    @Test("that is not supported is refused, never taken for met", arguments: unsupportedCases)
    func refuses(_ vector: Case) {
        #expect {
            try vector.evaluate()
        } throws: { error in
            if case PolicyError.unsupported = error { true } else { false }
        }
    }

    @Test("cases are all there") func count() {
        #expect(Self.supportedCases.count == 614)
        #expect(Self.all.count == 681)
    }
}
