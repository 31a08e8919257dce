import Dispatch
import Glibc

/// Signals that come to this process, instead of what they would do to it. None is lost from the moment this is made.
struct Signals {
    let arrivals: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    init(_ numbers: [Int32]) {
        let (arrivals, continuation) = AsyncStream<Int32>.makeStream()
        self.arrivals = arrivals
        // A source is in place some time after `resume`, and a signal that is ignored until then would be gone.
        let installed = DispatchGroup()
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(number) }
            installed.enter()
            source.setRegistrationHandler { installed.leave() }
            source.resume()
            return source
        }
        installed.wait()
    }

    func cancel() { for source in sources { source.cancel() } }
}
