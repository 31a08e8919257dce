import Emulator
import Foundation

/// A command, ready to run in the sandbox.
struct Invocation {
    let arguments: [String]
    let environment: [String: String]
    /// What was added to the arguments; empty where the command is not keyless.
    let inserted: [String]

    /// Trust is given by flag only, since an earlier step could set variables. So where the command is keyless itself,
    /// the flags go in behind its subcommand; scripts that call it find them in `KEYLESS_SANDBOX_ARGS`.
    ///
    /// - Parameters:
    ///   - isAdministrator: whether the command has an administrator's credentials besides.
    ///   - hasAddresses: whether it has the addresses for notifications.
    init(_ command: [String], in sandbox: Sandbox, isAdministrator: Bool = false, hasAddresses: Bool = false) {
        var flags = sandbox.trustedHostArguments
        if sandbox.awsServer.isTLS { flags += ["--ca-bundle", sandbox.authority.rootFile] }
        let isKeyless = command.first?.split(separator: "/").last == "keyless"
        if isKeyless, command.count > 1, !command[1].hasPrefix("-") {
            inserted = flags
            arguments = Array(command[..<2]) + flags + Array(command[2...])
        } else {
            inserted = []
            arguments = command
        }
        let own = (isAdministrator ? sandbox.administratorEnvironment : [:]).merging(
            hasAddresses ? sandbox.notificationEnvironment : [:]
        ) { $1 }
        environment = Self.environment(of: sandbox, flags: flags).merging(own) { $1 }
    }

    /// This process's environment, with the job's in the place of whatever it says about Azure and AWS itself.
    private static func environment(of sandbox: Sandbox, flags: [String]) -> [String: String] {
        let prefixes = ["AGENT_", "AWS_", "AZURE_", "BUILD_", "KEYLESS_", "SLACK_", "SYSTEM_", "TF_"]
        let proxies: Set = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]
        var environment = ProcessInfo.processInfo.environment.filter { name, _ in
            !prefixes.contains { name.hasPrefix($0) } && !proxies.contains(name.lowercased())
        }
        environment.merge(sandbox.environment) { $1 }
        environment["KEYLESS_SANDBOX_ARGS"] = flags.joined(separator: " ")
        return environment
    }

    /// Tells the person at the terminal what was added.
    func announce() {
        guard !inserted.isEmpty else { return }
        note("added to the command: \(inserted.joined(separator: " "))")
    }
}

/// Writes a line for people to stderr.
func note(_ text: String) {
    FileHandle.standardError.write(Data("keyless-sandbox: \(text)\n".utf8))
}
