import CurlTransport
import LinuxSystem
import Operations
import TLSCrypto

/// The entry point, and the only place that ends the process.
@main
enum Main {
    static func main() {
        ProcessMemory.hide()
        OpenSSLLibrary.leaveCleanUpToTheSystem()
        let context = Context.live()
        // libcurl would write the keys of every TLS session to the file that an earlier step may have named here.
        ThisProcess.setVariable(ChildEnvironment.tlsKeyLog, to: nil)
        // Meanwhile this thread parses the arguments, which takes about as long. `--help` and `--version` need neither
        // library, and what is in a cache neither.
        if CommandLine.arguments.count > 2 && !CommandLine.arguments.contains("--cache") {
            CurlHTTPClient.prepare { OpenSSLLibrary.prepareTLS() }
        }
        MainThreadExecutor().run {
            let code = await CommandLineRun(context).run(Array(CommandLine.arguments.dropFirst()))
            ThisProcess.end(with: code)
        }
    }
}
