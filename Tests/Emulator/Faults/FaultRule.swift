/// A fault as it is typed: `OPERATION=KIND[:COUNT][@FIRST]`, such as `oidctoken=throttled:2`, `CreateRole=reset@3` or
/// `call=status-503:same@7`.
package struct FaultRule: Sendable {
    /// Why a text is no such rule; it says what would be.
    package struct ParseError: Error, CustomStringConvertible {
        package let description: String
    }

    /// What faults can meet.
    package static let operations =
        AzureDevOpsService.operations + AWSService.operations + NotificationReceiver.operations
        + [FaultPlan.write, FaultPlan.call, "azure-connection", "aws-connection", "hooks-connection"]

    /// The kinds that mean the same for every operation.
    package static let generalKinds = [
        "reset", "effect-then-reset", "truncated-body", "slow-body", "garbage", "silence", "hang-before", "hang-after",
        "delay-DURATION", "status-CODE",
    ]

    /// The kinds that only `oidctoken` has.
    package static var tokenKinds: [String] { TokenFailure.allCases.map(\.rawValue) }

    /// The kinds that only the operations of AWS have.
    package static var awsKinds: [String] { AWSFailure.allCases.map(\.rawValue) }

    /// The kinds that only what Azure DevOps tells administrators has.
    package static var azureKinds: [String] { AzureFailure.allCases.map(\.rawValue) }

    /// The kinds that only `slack` has.
    package static var slackKinds: [String] { SlackFailure.allCases.map(\.rawValue) }

    package let operation: String
    /// What happens, by the operation that meets it.
    let faultOf: @Sendable (String) -> Fault
    /// How many requests it meets; `nil` for all.
    package let times: Int?
    /// Whether the operation that meets it meets it ever after.
    package let sticks: Bool
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
        case nil: (times, sticks) = (1, false)
        case "always": (times, sticks) = (nil, false)
        case "same": (times, sticks) = (1, true)
        case let count?:
            guard let number = Int(count), number > 0 else {
                throw ParseError(description: "'\(count)' is neither a number above 0 nor 'always' nor 'same'")
            }
            (times, sticks) = (number, false)
        }
        guard let kind = parts.first, let fault = Self.fault(kind, for: operation) else {
            let kinds =
                Self.isConnection(operation)
                ? ["reset", "garbage", "silence"] : Self.generalKinds + Self.specialKinds(of: operation)
            throw ParseError(
                description: "\(operation) cannot fail by '\(parts.first ?? "")': \(kinds.joined(separator: ", "))")
        }
        faultOf = fault
    }

    /// What happens to the operation that is named.
    package var fault: Fault { faultOf(operation) }

    /// The rule without `@FIRST`, and which request is the first to be met.
    private static func first(_ text: String) throws(ParseError) -> (rule: String, number: Int) {
        guard let mark = text.lastIndex(of: "@") else { return (text, 1) }
        guard let number = Int(text[text.index(after: mark)...]), number > 0 else {
            throw ParseError(description: "'\(text[mark...])' is not @ and a number above 0")
        }
        return (String(text[..<mark]), number)
    }

    private static func isConnection(_ operation: String) -> Bool { operation.hasSuffix("-connection") }

    private static func specialKinds(of operation: String) -> [String] {
        switch operation {
        case "oidctoken": tokenKinds
        case "slack": slackKinds
        case FaultPlan.write, FaultPlan.call: ["throttled"] + awsKinds
        case _ where AzureDevOpsService.administrativeOperations.contains(operation): azureKinds
        case _ where AWSService.operations.contains(operation): awsKinds
        default: []
        }
    }

    private static func fault(_ kind: String, for operation: String) -> (@Sendable (String) -> Fault)? {
        if let fault = generalFault(kind, for: operation) { return { (_: String) in fault } }
        guard specialKinds(of: operation).contains(kind) else { return nil }
        guard let failure = awsFailure(kind, for: operation) else {
            guard let fault = ownFault(kind, of: operation) else { return nil }
            return { (_: String) in fault }
        }
        return { (met: String) in Self.fault(failure, of: met) }
    }

    /// A kind that only this operation has.
    private static func ownFault(_ kind: String, of operation: String) -> Fault? {
        switch operation {
        case "oidctoken": TokenFailure(rawValue: kind)?.fault
        case "slack": SlackFailure(rawValue: kind)?.fault
        default: AzureFailure(rawValue: kind)?.fault
        }
    }

    /// An error of AWS, whose form the operation that meets it decides.
    private static func awsFailure(_ kind: String, for operation: String) -> AWSFailure? {
        let isForMany = [FaultPlan.write, FaultPlan.call].contains(operation)
        if isForMany, kind == "throttled" { return .throttling }
        return isForMany || AWSService.operations.contains(operation) ? AWSFailure(rawValue: kind) : nil
    }

    /// An error of AWS, or what comes nearest to it where Azure DevOps is asked.
    private static func fault(_ failure: AWSFailure, of operation: String) -> Fault {
        if operation == "oidctoken", failure == .throttling { return TokenFailure.throttled.fault }
        return AzureDevOpsService.operations.contains(operation)
            ? AzureFailure(failure).fault : failure.fault(of: operation)
    }

    private static func generalFault(_ kind: String, for operation: String) -> Fault? {
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
        return nil
    }
}

extension FaultPlan {
    /// Adds what the rule says.
    package func add(_ rule: FaultRule) {
        add(rule.faultOf, to: rule.operation, times: rule.times, passing: rule.passing, sticks: rule.sticks)
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
