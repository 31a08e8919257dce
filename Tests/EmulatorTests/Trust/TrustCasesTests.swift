import Emulator
import Foundation
import TestSupport
import Testing

@Suite("A trust policy")
struct TrustCasesTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let policy: TrustPolicy
        let action: String
        let principal: String
        let context: [String: OneOrMoreTexts]
        let expected: Bool

        var testDescription: String { name }
    }

    @Test("is decided as other evaluators decide it", arguments: try Vectors.cases(Case.self, "trust-cases.json"))
    func decides(_ vector: Case) throws {
        let request = TrustRequest(
            action: vector.action, principal: .federated(vector.principal), context: vector.context.mapValues(\.values))
        #expect(try TrustPolicyEvaluator(vector.policy).allows(request) == vector.expected)
    }

    private func allows(_ statement: String, as principal: TrustRequest.Principal) throws -> Bool {
        let policy = try TrustPolicy(json: #"{"Statement":[\#(statement)]}"#)
        return try TrustPolicyEvaluator(policy).allows(
            TrustRequest(action: "sts:AssumeRole", principal: principal, context: [:]))
    }

    @Test("names AWS principals whole, or all of them") func principals() throws {
        let caller = TrustRequest.Principal.aws(["arn:aws:iam::1:role/a", "arn:aws:iam::1:root", "1"])
        let statement = { (principal: String) in
            #"{"Effect":"Allow","Principal":\#(principal),"Action":"sts:AssumeRole"}"#
        }
        for principal in [#"{"AWS":"arn:aws:iam::1:role/a"}"#, #"{"AWS":["x","1"]}"#, #"{"AWS":"*"}"#, #""*""#] {
            #expect(try allows(statement(principal), as: caller))
        }
        for principal in [#"{"AWS":"arn:aws:iam::1:role/*"}"#, #"{"Federated":"*"}"#, #"{"Service":"x"}"#] {
            #expect(try !allows(statement(principal), as: caller))
        }
    }

    @Test(
        "with an element that is not understood is refused",
        arguments: [
            "\"NotPrincipal\":{\"AWS\":\"1\"}", "\"Conditions\":{}", "\"Condition\":{\"Unknown\":{\"a\":\"b\"}}",
        ])
    func unknownElement(element: String) {
        #expect(throws: PolicyError.self) {
            try allows(#"{"Effect":"Allow","Principal":"*","Action":"*",\#(element)}"#, as: .aws([]))
        }
    }

    @Test("that is no policy is refused", arguments: ["", "{}", "[]", #"{"Statement":[{"Effect":"Maybe"}]}"#])
    func malformed(json: String) {
        #expect(throws: PolicyError.self) { try TrustPolicy(json: json) }
    }
}
