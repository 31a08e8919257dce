/// A fault as it is typed: `OPERATION=KIND[:COUNT][@FIRST]`, such as `oidctoken=throttled:2` or `CreateRole=reset@3`.
package struct FaultRule: Sendable {
    /// Why a text is no such rule; it says what would be.
    package struct ParseError: Error, CustomStringConvertible {
        package let description: String
    }

    /// What faults can meet.
    package static let operations =
        ["oidctoken", "discovery", "jwks", "connectionData", "project"] + AWSService.operations
        + [FaultPlan.write, "azure-connection", "aws-connection"]

    /// The kinds that mean the same for every operation.
    package static let generalKinds = [
        "reset", "effect-then-reset", "truncated-body", "slow-body", "garbage", "silence", "hang-before", "hang-after",
        "delay-DURATION", "status-CODE",
    ]

    /// The kinds that only `oidctoken` has.
    package static var tokenKinds: [String] { TokenFailure.allCases.map(\.rawValue) }

    /// The kinds that only the operations of AWS have.
    package static var awsKinds: [String] { AWSFailure.allCases.map(\.rawValue) }

    package let operation: String
    package let fault: Fault
    /// The error of AWS that the fault is, where it is one.
    private(set) var failure: AWSFailure?
    /// How many requests it meets; `nil` for all.
    package let times: Int?
    /// How many it lets pass before.
    package let passing: Int

    /// - Throws: ``ParseError``.
    package init(_ text: String) throws(ParseError) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2 else {
            throw ParseError(
                description: "'\(text)' is not OPERATION=KIND, with :COUNT and @FIRST where they are wanted")
        }
        operation = sides[0]
        guard Self.operations.contains(operation) else {
            throw ParseError(
                description: "there is no operation '\(operation)': \(Self.operations.joined(separator: ", "))")
        }
        let (what, first) = try Self.first(sides[1])
        passing = first - 1
        let parts = what.split(separator: ":", maxSplits: 1).map(String.init)
        switch parts.dropFirst().first {
        case nil: times = 1
        case "always": times = nil
        case let count?:
            guard let number = Int(count), number > 0 else {
                throw ParseError(description: "'\(count)' is neither a number above 0 nor 'always'")
            }
            times = number
        }
        guard let kind = parts.first, let fault = Self.fault(kind, for: operation) else {
            let special = operation == "oidctoken" ? Self.tokenKinds : Self.isAWS(operation) ? Self.awsKinds : []
            let kinds = Self.isConnection(operation) ? ["reset", "garbage", "silence"] : Self.generalKinds + special
            throw ParseError(
                description: "\(operation) cannot fail by '\(parts.first ?? "")': \(kinds.joined(separator: ", "))")
        }
        self.fault = fault
        if Self.isAWS(operation) { failure = AWSFailure(rawValue: kind) }
    }

    /// The rule without `@FIRST`, and which request is the first to be met.
    private static func first(_ text: String) throws(ParseError) -> (rule: String, number: Int) {
        guard let mark = text.lastIndex(of: "@") else { return (text, 1) }
        guard let number = Int(text[text.index(after: mark)...]), number > 0 else {
            throw ParseError(description: "'\(text[mark...])' is not @ and a number above 0")
        }
        return (String(text[..<mark]), number)
    }

    private static func isConnection(_ operation: String) -> Bool { operation.hasSuffix("-connection") }

    private static func isAWS(_ operation: String) -> Bool {
        AWSService.operations.contains(operation) || operation == FaultPlan.write
    }

    private static func fault(_ kind: String, for operation: String) -> Fault? {
        switch kind {
        case "reset": return .reset
        case "garbage": return .garbage
        case "silence", "hang-before": return .silence
        case _ where isConnection(operation): return nil
        case "hang-after": return .effectThenSilence
        case "effect-then-reset": return .effectThenReset
        case "truncated-body": return .truncatedBody
        case "slow-body": return .slowBody(.milliseconds(20))
        default: break
        }
        if kind.hasPrefix("delay-") { return Duration(short: kind.dropFirst("delay-".count)).map(Fault.delay) }
        if kind.hasPrefix("status-"), let status = Int(kind.dropFirst("status-".count)), 200...599 ~= status {
            return .answer(ServerAnswer(status: status, type: "text/plain", "status \(status), by the sandbox"))
        }
        if operation == "oidctoken" { return TokenFailure(rawValue: kind)?.fault }
        return isAWS(operation) ? AWSFailure(rawValue: kind)?.fault(of: operation) : nil
    }
}

extension FaultPlan {
    /// Adds what the rule says.
    package func add(_ rule: FaultRule) {
        if let failure = rule.failure {
            add(failure, to: rule.operation, times: rule.times, passing: rule.passing)
        } else {
            add(rule.fault, to: rule.operation, times: rule.times, passing: rule.passing)
        }
    }
}

extension Duration {
    /// `40ms` or `2s`.
    package init?(short text: some StringProtocol) {
        let unit = text.drop { $0.isNumber }
        guard let number = Int(text.prefix { $0.isNumber }), number < 1_000_000_000 else { return nil }
        switch unit {
        case "ms": self = .milliseconds(number)
        case "s": self = .seconds(number)
        default: return nil
        }
    }
}
