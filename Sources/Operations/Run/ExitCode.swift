/// What the process returns. A number is never given another meaning; docs/exit-codes.md says what to do about each.
package enum ExitCode: Int32, CaseIterable, Sendable {
    /// Done.
    case done = 0
    /// Something nobody foresaw: a defect of this program.
    case unexpected = 1
    /// The command line is wrong.
    case usage = 64
    /// A token, a policy or a file that was given is malformed.
    case badInput = 65
    /// A service could not be reached, or kept failing.
    case unavailable = 69
    /// A service kept throttling; later it will work.
    case throttled = 75
    /// A check found drift or a weakness.
    case checkFailed = 76
    /// AWS or Azure DevOps refused: trust policy, permissions.
    case refused = 77
    /// Something that must be configured is not: no token mapped, no role.
    case missingConfiguration = 78
    /// Stopped half-way; running again goes on from there.
    case resumable = 79
    /// `exec`: the command was found but cannot be run, as shells report it.
    case commandNotExecutable = 126
    /// `exec`: there is no such command, as shells report it.
    case commandNotFound = 127
}
