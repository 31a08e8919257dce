import Dispatch
import Synchronization

/// Runs a task, and the tasks it starts, on the thread that calls ``run(_:)``: the program's first one.
///
/// A command waits for the network nearly all the time, so one thread is enough for it, and no other has to be started
/// and woken. The default executor takes five before the first request is sent.
final class MainThreadExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrivals.signal()
    }

    /// Never returns: the task ends the process.
    func run(_ work: @escaping @Sendable () async -> Never) -> Never {
        Task(executorPreference: self) { await work() }
        while true {
            arrivals.wait()
            let job = jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
