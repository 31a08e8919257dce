import ArgumentParser
import Operations

/// What every command takes that changes things.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Show what would be done, and stop.")
    var dryRun = false

    @Flag(help: "Do it without asking.")
    var yes = false

    @Flag(help: "Change nothing; exit 76 where something would be changed, 0 where not.")
    var check = false

    @Flag(help: "Skip what only confirms: the issuer or the role is not looked at.")
    var offline = false

    @Option(help: "How to print the plan and the result.") var output: OutputForm = .text

    mutating func validate() throws {
        guard [dryRun, yes, check].count(where: \.self) <= 1 else {
            throw ValidationError("--dry-run, --yes and --check exclude each other")
        }
    }

    var request: ChangeRequest {
        ChangeRequest(dryRun ? .show : check ? .check : yes ? .apply : .ask, isOffline: offline, output: output)
    }
}
