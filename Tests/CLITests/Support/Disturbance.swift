/// What happens to a call, and where it says so to every later call of that operation as well.
enum Disturbance: String, CaseIterable, Sendable {
    case killedBefore = "killed before it takes effect"
    case killedAfter = "killed after it took effect"
    case status500 = "answered with status 500"
    case throttled = "throttled"
    case reset = "the connection reset before it takes effect"
    case effectThenReset = "done, and the connection reset"
    case effectThenSilence = "done, and never answered"
    case lasting500 = "answered with status 500 from then on"
    case lastingRefusal = "refused from then on"

    /// Those of one call alone.
    static let ofOneCall = allCases.filter { !$0.isLasting }

    /// What the sandbox does. Where the process is to be killed nothing must come of the request, or nothing of its
    /// answer; ``DisturbedSandbox`` does the killing.
    var rule: String {
        switch self {
        case .killedBefore: "hang-before"
        case .killedAfter, .effectThenSilence: "hang-after"
        case .status500: "status-500"
        case .throttled: "Throttling"
        case .reset: "reset"
        case .effectThenReset: "effect-then-reset"
        case .lasting500: "status-500:same"
        case .lastingRefusal: "AccessDenied:same"
        }
    }

    var kills: Bool { self == .killedBefore || self == .killedAfter }
    var isLasting: Bool { self == .lasting500 || self == .lastingRefusal }
}
