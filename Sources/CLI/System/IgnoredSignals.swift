import Domain
import Glibc

/// The signals that whoever started this process has told it to ignore, as `nohup` does. They stay ignored, here and in
/// what this process starts.
///
/// Source: proc(5), `SigIgn` of `/proc/<pid>/status`.
struct IgnoredSignals {
    private let mask: UInt64

    /// Those of now: libraries change them later.
    init() {
        let status = try? FileSystem.read("/proc/self/status", limit: 64 * 1024)?.exposedText
        let line = status?.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
        mask = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
    }

    func contains(_ signal: Int32) -> Bool { mask & (1 << UInt64(signal - 1)) != 0 }
}
