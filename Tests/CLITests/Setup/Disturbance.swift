import Emulator

/// What happens to a call that changes something.
enum Disturbance: String, CaseIterable, Sendable {
    case killedBefore = "killed before it takes effect"
    case killedAfter = "killed after it took effect"
    case status500 = "answered with status 500"
    case throttled = "throttled"
    case effectThenReset = "done, and the connection reset"
    case effectThenSilence = "done, and never answered"

    /// What the sandbox does. Where the process is to be killed nothing must come of the request, or nothing of its
    /// answer; ``SetupBench`` does the killing.
    var rule: String {
        switch self {
        case .killedBefore: "hang-before"
        case .killedAfter, .effectThenSilence: "hang-after"
        case .status500: "status-500"
        case .throttled: "Throttling"
        case .effectThenReset: "effect-then-reset"
        }
    }

    var kills: Bool { self == .killedBefore || self == .killedAfter }

    /// How the run ends that meets it: what can pass is tried again.
    var exitCode: Int32 {
        switch self {
        case .killedBefore, .killedAfter: 128 + 9
        case .status500, .throttled, .effectThenReset: 0
        case .effectThenSilence: 69
        }
    }
}
