import CurlTransport
import FoundationEssentials
import LinuxSystem
import Operations
import TLSCrypto

extension Context {
    /// The real world.
    static func live() -> Context {
        StandardStream.reserve()
        return Context(
            environment: ProcessInfo.processInfo.environment,
            time: SystemTime(),
            random: SystemRandom(),
            standardOutput: StandardStream.output,
            standardError: StandardStream.error,
            signalMask: SignalMask(),
            confirm: Terminal.confirm,
            makeHTTPClient: { CurlHTTPClient($0, time: SystemTime()) }
        )
    }
}
