import ArgumentParser
import CurlTransport
import Glibc
import TLSCrypto

/// The entry point, and the only place that ends the process.
@main
enum Main {
    static func main() {
        ProcessMemory.hide()
        OpenSSLLibrary.leaveCleanUpToTheSystem()
        let context = Context.live()
        // libcurl would write the keys of every TLS session to the file that an earlier step may have named here.
        unsetenv(ChildEnvironment.tlsKeyLog)
        // Meanwhile this thread parses the arguments, which takes about as long. `--help` and `--version` need neither
        // library, and what is in a cache neither.
        if CommandLine.arguments.count > 2 && !CommandLine.arguments.contains("--cache") {
            CurlHTTPClient.prepare { OpenSSLLibrary.prepareTLS() }
        }
        MainThreadExecutor().run {
            let code = await CommandLineRun(context).run(Array(CommandLine.arguments.dropFirst()))
            // Without the clean-up of fifty libraries: nothing is buffered here, and the system takes back the rest.
            _exit(code)
        }
    }
}
