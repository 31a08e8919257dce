import Synchronization

/// A value that several tasks read and change.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value { mutex.withLock { $0 } }

    /// Looks something up in place. Whoever holds a ``value`` instead makes the next change copy all of it.
    func read<Result: Sendable, Failure: Error>(_ body: (Value) throws(Failure) -> Result) throws(Failure) -> Result {
        try mutex.withLock { value throws(Failure) in try body(value) }
    }

    func change<Result: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try mutex.withLock { value throws(Failure) in try body(&value) }
    }
}
