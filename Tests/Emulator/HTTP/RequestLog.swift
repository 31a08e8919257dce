package import Foundation

/// What was asked of the servers, in the order of arrival.
package final class RequestLog: Sendable {
    /// One request and what became of it.
    package struct Record: Sendable {
        /// `azure`, `aws` or `hooks`.
        package let service: String
        /// By the service's own name: `oidctoken`, `AssumeRoleWithWebIdentity`.
        package let operation: String
        package let request: ServerRequest
        package let arrived: Date
        /// The fault it met.
        package let fault: String?
        /// The status answered; `nil` while there is none, and for ever where a fault left the client without.
        package internal(set) var status: Int?
    }

    private let state = Shared<[Record]>([])
    private let onArrival: @Sendable (Record) -> Void
    private let onAnswer: @Sendable (Record) -> Void

    /// - Parameters:
    ///   - onArrival: told of every request when it is there whole.
    ///   - onAnswer: told of every request just before it gets its answer, or gets none by a fault.
    package init(
        onArrival: @escaping @Sendable (Record) -> Void = { _ in },
        onAnswer: @escaping @Sendable (Record) -> Void = { _ in }
    ) {
        (self.onArrival, self.onAnswer) = (onArrival, onAnswer)
    }

    package var records: [Record] { state.value }

    /// The requests for one operation, or for ``FaultPlan/write`` or ``FaultPlan/call``, those that met a fault included.
    package func records(of operation: String) -> [Record] {
        records.filter { record in
            switch operation {
            case FaultPlan.write: FaultPlan.isWrite(record.operation)
            case FaultPlan.call: FaultPlan.isCall(record.operation)
            default: record.operation == operation
            }
        }
    }

    /// How many there were for one operation.
    package func count(_ operation: String) -> Int { records(of: operation).count }

    /// Forgets everything so far.
    package func clear() { state.change { $0 = [] } }

    func arrived(_ record: Record) {
        state.change { $0.append(record) }
        onArrival(record)
    }

    func answered(_ record: Record, status: Int?) {
        var record = record
        record.status = status
        state.change { [record] records in
            let index = records.lastIndex {
                $0.service == record.service && $0.request.number == record.request.number
            }
            if let index { records[index] = record }
        }
        onAnswer(record)
    }
}
