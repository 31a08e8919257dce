import Domain
import FoundationEssentials
import Glibc

/// A process of this machine, told from a later one with the same id by the time it began.
///
/// Source: proc(5), `/proc/<pid>/stat`.
package struct RunningProcess: Sendable, Equatable {
    package let id: Int32
    /// In the kernel's ticks since it was started.
    private let start: String

    /// - Returns: `nil` where there is no such process any more.
    package init?(_ id: Int32) {
        guard let status = Status(id) else { return nil }
        (self.id, start) = (id, status.start)
    }

    /// Whether it has not ended yet. One that is stopped has not; one that only waits to be fetched has.
    package var isRunning: Bool { Status(id)?.start == start }

    /// The processes that it descends from, the closest first.
    package static func ancestors(of id: Int32) -> [RunningProcess] {
        var found: [RunningProcess] = []
        var next = Status(id)?.parent ?? 0
        while next > 0, let process = RunningProcess(next), !found.contains(process) {
            found.append(process)
            next = Status(next)?.parent ?? 0
        }
        return found
    }

    /// Asks a process to end. One that is gone has ended already.
    ///
    /// - Throws: ``SystemError`` when this user may not.
    package static func terminate(_ id: Int32) throws(SystemError) {
        guard Glibc.kill(id, SIGTERM) == 0 || errno == ESRCH else { throw SystemError("kill") }
    }

    /// Ends a process that does not end when it is asked to.
    package static func kill(_ id: Int32) { _ = Glibc.kill(id, SIGKILL) }

    /// Whether its program is of that name.
    package func isNamed(_ name: String) -> Bool {
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/exe")
        return program?.split(separator: "/").last.map(String.init) == name || Status(id)?.name == name
    }

    /// The line that the kernel gives: `42 (name) S 1 …`. The name may have spaces and parentheses.
    private struct Status {
        let name: String
        let parent: pid_t
        let start: String

        init?(_ id: Int32) {
            guard let text = try? FileSystem.read("/proc/\(id)/stat", limit: 4096)?.exposedText,
                let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")")
            else { return nil }
            let fields = text[text.index(after: close)...].split(separator: " ")
            guard fields.count > 19, !["Z", "X"].contains(fields[0]), let parent = pid_t(fields[1]) else { return nil }
            name = String(text[text.index(after: open)..<close])
            (self.parent, start) = (parent, String(fields[19]))
        }
    }
}
