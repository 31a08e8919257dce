import Synchronization

/// Which operations fail, how, and how often. Shared by tests and servers.
///
/// Operations go by the services' own names: `oidctoken`, `AssumeRoleWithWebIdentity`. ``connection(to:)`` is
/// every new connection, before TLS: there only ``Fault/reset``, ``Fault/garbage`` and ``Fault/silence`` mean anything.
/// ``write`` is every operation that changes something in AWS.
package final class FaultPlan: Sendable {
    /// The name under which faults of connections themselves are planned.
    ///
    /// - Parameter service: the service's name, `server` where none was given.
    package static func connection(to service: String = "server") -> String { "\(service)-connection" }

    /// The name under which faults of all operations of AWS are planned that change something.
    package static let write = "write"

    private struct Step {
        let fault: Fault
        /// What the fault is made of in the form of the operation it meets; `nil` where that is all the same.
        let failure: AWSFailure?
        /// How many requests it lets pass first.
        var passes: Int
        /// `nil` for always.
        var times: Int?
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
    package func add(_ fault: Fault, to operation: String, times: Int? = 1, passing: Int = 0) {
        add(fault, nil, to: operation, times: times, passing: passing)
    }

    /// Adds an error of AWS after the faults already planned for that operation, in the form of the operation it meets.
    package func add(_ failure: AWSFailure, to operation: String, times: Int? = 1, passing: Int = 0) {
        add(failure.fault(of: operation), failure, to: operation, times: times, passing: passing)
    }

    private func add(_ fault: Fault, _ failure: AWSFailure?, to operation: String, times: Int?, passing: Int) {
        if let times, times < 1 { return }
        let step = Step(fault: fault, failure: failure, passes: passing, times: times)
        steps.withLock { $0[operation, default: []].append(step) }
    }

    /// Lets AWS refuse a part of all its requests, spread evenly: at 3 percent of throttling the 34th, the 67th and the
    /// 100th of every hundred.
    ///
    /// - Parameters:
    ///   - throttling: percent that end with `Throttling`, by whatever name the service has for it.
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
        if let step = takePlanned(operation) { return step.fault }
        guard AWSService.operations.contains(operation) else { return nil }
        if AWSService.isWrite(operation), let step = takePlanned(Self.write) {
            return step.failure?.fault(of: operation) ?? step.fault
        }
        return takeByRate()?.fault(of: operation)
    }

    private func takePlanned(_ operation: String) -> Step? {
        steps.withLock { steps in
            guard var queue = steps[operation], let first = queue.first else { return nil }
            defer { steps[operation] = queue }
            guard first.passes == 0 else {
                queue[0].passes -= 1
                return nil
            }
            if let times = first.times {
                if times == 1 { queue.removeFirst() } else { queue[0].times = times - 1 }
            }
            return first
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
