import FoundationEssentials
import Glibc

/// The file descriptors open at some moment, so that a command that takes this process's place inherits what this
/// process was given and nothing that it opened itself: older versions of libcurl do not mark theirs.
package struct OpenDescriptors {
    private let numbers: Set<Int32>

    /// Those of now.
    package init() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        // The listing's own descriptor is in the list, and closed by now.
        numbers = Set(names.compactMap { Int32($0) }.filter { fcntl($0, F_GETFD) >= 0 })
    }

    /// Has every descriptor but the three streams closed in a program that this process starts.
    package static func closeAllOnExec() {
        for descriptor in OpenDescriptors().numbers where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// Has every descriptor opened since then closed when the process becomes another program.
    package func closeLaterOnesOnExec() {
        for descriptor in OpenDescriptors().numbers.subtracting(numbers) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }
}
