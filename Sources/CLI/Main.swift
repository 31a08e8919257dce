import Glibc
import TLSCrypto

/// The entry point, and the only place that ends the process.
@main
enum Main {
    static func main() async {
        OpenSSLLibrary.leaveCleanUpToTheSystem()
        let context = Context.live()
        let code = await CommandLineRun(context).run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }
}
