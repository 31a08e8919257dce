import Synchronization

/// Which operations fail, how, and how often. Shared by tests and servers.
///
/// Operations go by the services' own names: `oidctoken`, `AssumeRoleWithWebIdentity`. ``connection(to:)`` is
/// every new connection, before TLS: there only ``Fault/reset``, ``Fault/garbage`` and ``Fault/silence`` mean anything.
/// ``write`` is every operation that changes something in AWS or Azure DevOps, ``call`` is every one of either.
package final class FaultPlan: Sendable {
    /// The name under which faults of connections themselves are planned.
    ///
    /// - Parameter service: the service's name, `server` where none was given.
    package static func connection(to service: String = "server") -> String { "\(service)-connection" }

    /// The name under which faults of all operations are planned that change something.
    package static let write = "write"

    /// The name under which faults of all operations of Azure DevOps and AWS are planned.
    package static let call = "call"

    /// Whether an operation of that name changes something.
    package static func isWrite(_ operation: String) -> Bool {
        AWSService.isWrite(operation) || AzureDevOpsService.isWrite(operation)
    }

    /// Whether an operation of that name is one of Azure DevOps or AWS. A look at whether a server is there is none,
    /// and neither are notifications.
    package static func isCall(_ operation: String) -> Bool {
        AWSService.operations.contains(operation) || AzureDevOpsService.operations.contains(operation)
    }

    private struct Step {
        /// By the operation that meets it.
        let fault: @Sendable (String) -> Fault
        /// How many requests it lets pass first.
        var passes: Int
        /// `nil` for always.
        var times: Int?
        /// Whether the operation that meets it meets it ever after.
        let sticks: Bool
    }

    /// One request in so many of AWS's fails, in a sequence that is always the same.
    private struct Rates {
        /// In percent.
        var throttling = 0
        var failure = 0
        /// What has come together since the last one, in percent of a request.
        var throttlingDue = 0
        var failureDue = 0
    }

    private let steps = Mutex<[String: [Step]]>([:])
    private let rates = Mutex(Rates())

    package init() {}

    /// Adds a fault after those already planned for that operation.
    ///
    /// - Parameters:
    ///   - times: how many requests it meets; `nil` for all from then on.
    ///   - passing: how many it lets pass before.
    ///   - sticks: whether the operation that meets it fails that way ever after. Under ``write`` and ``call`` that is
    ///     the one which is met, and no other.
    package func add(
        _ fault: Fault, to operation: String, times: Int? = 1, passing: Int = 0, sticks: Bool = false
    ) {
        add({ _ in fault }, to: operation, times: times, passing: passing, sticks: sticks)
    }

    /// Adds an error of AWS after the faults already planned for that operation, in the form of the operation it meets.
    package func add(_ failure: AWSFailure, to operation: String, times: Int? = 1, passing: Int = 0) {
        add({ failure.fault(of: $0) }, to: operation, times: times, passing: passing, sticks: false)
    }

    /// The same for a fault that depends on the operation which meets it.
    func add(
        _ fault: @escaping @Sendable (String) -> Fault, to operation: String, times: Int?, passing: Int, sticks: Bool
    ) {
        if let times, times < 1 { return }
        let step = Step(fault: fault, passes: passing, times: times, sticks: sticks)
        steps.withLock { $0[operation, default: []].append(step) }
    }

    /// Ends what is planned for an operation.
    package func end(_ operation: String) { steps.withLock { $0[operation] = nil } }

    /// Lets AWS refuse a part of all its requests, spread evenly: at 3 percent of throttling the 34th, the 67th and the
    /// 100th of every hundred.
    ///
    /// - Parameters:
    ///   - throttling: percent that end with `Throttling`.
    ///   - failure: percent that end with `ServiceUnavailable`.
    package func setRates(throttling: Int, failure: Int) {
        rates.withLock { $0 = Rates(throttling: throttling, failure: failure) }
    }

    /// Forgets what is planned for that operation, or for all.
    package func clear(_ operation: String? = nil) {
        steps.withLock { steps in
            if let operation { steps[operation] = nil } else { steps = [:] }
        }
    }

    /// What is planned and has not happened: operations and the number of requests each fault still waits for. A test
    /// that wants its faults to be used checks that this is empty.
    package var pending: [String: Int] {
        steps.withLock { $0.mapValues { $0.reduce(0) { $0 + ($1.times ?? 0) } }.filter { $0.value > 0 } }
    }

    /// The fault for the next request of that operation.
    func take(_ operation: String) -> Fault? {
        // Each plan counts the request, whichever of them has a fault for it.
        var names = [operation]
        if Self.isWrite(operation) { names.append(Self.write) }
        if Self.isCall(operation) { names.append(Self.call) }
        var planned: Fault?
        for name in names {
            if planned == nil { planned = takePlanned(name, for: operation) } else { pass(name) }
        }
        if let planned { return planned }
        return AWSService.operations.contains(operation) ? takeByRate()?.fault(of: operation) : nil
    }

    /// Counts a request that has its fault from elsewhere.
    private func pass(_ name: String) {
        steps.withLock { steps in
            guard let first = steps[name]?.first, first.passes > 0 else { return }
            steps[name]?[0].passes -= 1
        }
    }

    /// - Parameter name: the operation itself, or one of the names for many.
    private func takePlanned(_ name: String, for operation: String) -> Fault? {
        steps.withLock { steps in
            guard var queue = steps[name], let first = queue.first else { return nil }
            guard first.passes == 0 else {
                queue[0].passes -= 1
                steps[name] = queue
                return nil
            }
            if first.sticks || first.times == 1 {
                queue.removeFirst()
            } else if let times = first.times {
                queue[0].times = times - 1
            }
            steps[name] = queue
            if first.sticks {
                let lasting = Step(fault: first.fault, passes: 0, times: nil, sticks: false)
                steps[operation, default: []].insert(lasting, at: 0)
            }
            return first.fault(operation)
        }
    }

    private func takeByRate() -> AWSFailure? {
        rates.withLock { rates in
            rates.throttlingDue += rates.throttling
            rates.failureDue += rates.failure
            if rates.throttlingDue >= 100 {
                rates.throttlingDue -= 100
                return .throttling
            }
            guard rates.failureDue >= 100 else { return nil }
            rates.failureDue -= 100
            return .serviceUnavailable
        }
    }
}
