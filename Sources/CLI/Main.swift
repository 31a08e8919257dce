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
        let code = await CommandLineRun(context).run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }
}
