import Foundation

/// A role's trust policy as its JSON says it (IAM User Guide, "Grammar of the IAM JSON policy language").
package struct TrustPolicy: Sendable, Decodable {
    let statements: [Statement]

    struct Statement: Sendable, Decodable {
        enum Effect: String, Decodable { case allow = "Allow", deny = "Deny" }

        /// `Action` or `NotAction`, by whether they are the ones meant.
        let actions: (patterns: [String], areMeant: Bool)
        let effect: Effect
        /// By kind, `AWS` or `Federated`; the kind `*` stands for everyone.
        let principals: [String: [String]]
        /// Operator → condition key → values.
        let conditions: [String: [String: [String]]]
    }

    /// - Throws: ``PolicyError``.
    package init(json: String) throws(PolicyError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
        } catch let error as PolicyError {
            throw error
        } catch {
            throw .malformed("\(error)")
        }
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Keys.self)
        statements = try OneOrMore<Statement>(from: values.superDecoder(forKey: .statement)).values
    }

    private enum Keys: String, CodingKey { case statement = "Statement" }
}

extension TrustPolicy.Statement {
    private enum Keys: String, CodingKey, CaseIterable {
        case sid = "Sid"
        case effect = "Effect"
        case principal = "Principal"
        case action = "Action"
        case notAction = "NotAction"
        case condition = "Condition"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Keys.self)
        let known = Set(Keys.allCases.map(\.rawValue))
        let elements = try decoder.singleValueContainer().decode([String: Anything].self).keys
        // NotPrincipal, a misspelt Condition: overlooking one would allow too much.
        if let unknown = elements.first(where: { !known.contains($0) }) { throw PolicyError.unsupported(unknown) }

        effect = try values.decode(Effect.self, forKey: .effect)
        if values.contains(.notAction) {
            actions = (try values.decode(OneOrMore<String>.self, forKey: .notAction).values, false)
        } else {
            actions = (try values.decode(OneOrMore<String>.self, forKey: .action).values, true)
        }
        if let everyone = try? values.decode(String.self, forKey: .principal) {
            guard everyone == "*" else { throw PolicyError.malformed("Principal \(everyone)") }
            principals = ["*": ["*"]]
        } else {
            principals = try values.decode([String: OneOrMore<String>].self, forKey: .principal).mapValues(\.values)
        }
        let conditions = try values.decodeIfPresent(
            [String: [String: OneOrMore<Scalar>]].self, forKey: .condition)
        self.conditions = (conditions ?? [:]).mapValues { $0.mapValues { $0.values.map(\.text) } }
    }

    /// Any JSON value, looked at no further.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}

/// A value or a list of such values: JSON policies allow both nearly everywhere.
struct OneOrMore<Value: Decodable>: Decodable {
    let values: [Value]

    init(from decoder: any Decoder) throws {
        if let list = try? [Value](from: decoder) {
            values = list
        } else {
            values = [try Value(from: decoder)]
        }
    }
}

/// A condition's value: a string, or a number or boolean written without quotes.
private struct Scalar: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let flag = try? value.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else if let number = try? value.decode(Int.self) {
            text = String(number)
        } else {
            text = try value.decode(String.self)
        }
    }
}

/// Why a policy cannot be evaluated. Whoever evaluates must refuse then: what is not understood never allows.
package enum PolicyError: Error, Equatable {
    /// It is not JSON, or not a policy's JSON.
    case malformed(String)
    /// It uses an operator or a feature that this evaluator does not know.
    case unsupported(String)
}
