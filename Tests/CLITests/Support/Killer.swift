import Glibc
import Synchronization

/// Ends a process by SIGKILL, also where that is wanted before anybody has told which process it is.
final class Killer: Sendable {
    private let state = Mutex<(process: pid_t?, isDue: Bool)>((nil, false))

    func began(_ process: pid_t) {
        state.withLock {
            if $0.isDue { Glibc.kill(process, SIGKILL) }
            $0 = ($0.isDue ? nil : process, false)
        }
    }

    func kill() {
        state.withLock {
            if let process = $0.process { Glibc.kill(process, SIGKILL) }
            $0 = (nil, $0.process == nil)
        }
    }
}
