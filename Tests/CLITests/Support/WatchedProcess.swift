import Foundation
import Glibc
import Synchronization

/// A process that others look at, and may end by SIGKILL, also where that is wanted before anybody has told which
/// process it is.
final class WatchedProcess: Sendable {
    private struct State {
        var process: pid_t?
        var isToDie = false
        var commandLines: Set<String> = []
    }

    private let state = Mutex(State())

    func began(_ process: pid_t) {
        state.withLock {
            if $0.isToDie { Glibc.kill(process, SIGKILL) }
            ($0.process, $0.isToDie) = ($0.isToDie ? nil : process, false)
        }
    }

    func kill() {
        state.withLock {
            if let process = $0.process { Glibc.kill(process, SIGKILL) }
            ($0.process, $0.isToDie) = (nil, $0.process == nil)
        }
    }

    /// Notes its command line, which every user of the machine can read.
    func look() {
        guard let process = state.withLock(\.process),
            let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
        else { return }
        let words = String(decoding: line, as: UTF8.self).replacing("\0", with: " ")
        if !words.isEmpty { _ = state.withLock { $0.commandLines.insert(words) } }
    }

    var commandLines: Set<String> { state.withLock(\.commandLines) }
}
