import Synchronization

/// Which operations fail, how, and how often. Shared by tests and servers.
///
/// Operations go by the services' own names: `oidctoken`, `AssumeRoleWithWebIdentity`. ``connection(to:)`` is
/// every new connection, before TLS: there only ``Fault/reset``, ``Fault/garbage`` and ``Fault/silence`` mean anything.
package final class FaultPlan: Sendable {
    /// The name under which faults of connections themselves are planned.
    ///
    /// - Parameter service: the service's name, `server` where none was given.
    package static func connection(to service: String = "server") -> String { "\(service)-connection" }

    private struct Step {
        let fault: Fault
        /// `nil` for always.
        var times: Int?
    }

    private let steps = Mutex<[String: [Step]]>([:])

    package init() {}

    /// Adds a fault after those already planned for that operation.
    ///
    /// - Parameter times: how many requests it meets; `nil` for all from then on.
    package func add(_ fault: Fault, to operation: String, times: Int? = 1) {
        if let times, times < 1 { return }
        steps.withLock { $0[operation, default: []].append(Step(fault: fault, times: times)) }
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
        steps.withLock { steps in
            guard var queue = steps[operation], let first = queue.first else { return nil }
            if let times = first.times {
                if times == 1 { queue.removeFirst() } else { queue[0].times = times - 1 }
                steps[operation] = queue
            }
            return first.fault
        }
    }
}
