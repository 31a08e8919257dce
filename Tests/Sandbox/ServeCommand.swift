import ArgumentParser
import Emulator
import Foundation
import Glibc

/// `keyless-sandbox serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Starts the services, prints the job's environment for a shell, and stays until interrupted.",
        discussion: """
            In one terminal:
              keyless-sandbox serve > sandbox.env
            In another:
              . ./sandbox.env; keyless token $KEYLESS_SANDBOX_ARGS
            """)

    @OptionGroup var options: SandboxOptions

    @Flag(help: ArgumentHelp(stringLiteral: RunCommand.administratorHelp))
    var administrator = false

    func run() async throws {
        // Before anything is printed: whoever reads it may interrupt at once.
        let signals = Signals([SIGINT, SIGTERM, SIGHUP])
        let sandbox = try await options.start()
        let invocation = Invocation(
            [], in: sandbox, isAdministrator: administrator, hasAddresses: options.notifications)
        let own =
            (administrator ? sandbox.administratorEnvironment.keys.sorted() : [])
            + (options.notifications ? sandbox.notificationEnvironment.keys.sorted() : [])
        // The flags come last: whoever reads this line by line knows by them that it is whole.
        let names = sandbox.environment.keys.sorted() + own + ["KEYLESS_SANDBOX_ARGS"]
        for name in names {
            let value = invocation.environment[name, default: ""].replacing("'", with: #"'\''"#)
            print("export \(name)='\(value)'")
        }
        fflush(nil)
        note("Azure DevOps is \(sandbox.azureURL), AWS is \(sandbox.awsURL); Ctrl-C ends both")
        var arrivals = signals.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        await options.stop(sandbox)
    }
}
