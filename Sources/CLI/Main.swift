import ArgumentParser
import CurlTransport
import Glibc
import TLSCrypto

/// The entry point, and the only place that ends the process.
@main
enum Main {
    static func main() async {
        OpenSSLLibrary.leaveCleanUpToTheSystem()
        let context = Context.live()
        // libcurl would write the keys of every TLS session to the file that an earlier step may have named here.
        unsetenv(ChildEnvironment.tlsKeyLog)
        // Meanwhile this thread parses the arguments, which takes about as long: another would have to be started for
        // it first. `--help` and `--version` need neither library.
        if CommandLine.arguments.count > 2 {
            Task.detached {
                CurlHTTPClient.prepare()
                OpenSSLLibrary.prepareTLS()
            }
        }
        let run = CommandLineRun(context)
        await finish(run, run.parse(Array(CommandLine.arguments.dropFirst())))
    }

    /// Away from the main thread, to which the process would have to switch back only to end.
    private static func finish(
        _ run: CommandLineRun, _ parsed: sending Result<any ParsableCommand, any Error>
    ) async -> Never {
        let code = await run.run(parsed)
        // Without the clean-up of fifty libraries: nothing is buffered here, and the system takes back the rest.
        _exit(code.rawValue)
    }
}
