import AWS
import AzureDevOps
import CurlTransport
import Domain
import FoundationEssentials
import TLSCrypto

/// The seams to everything that differs from run to run: environment, clock, randomness, streams, network.
///
/// A command reaches the outside through the context it is given and in no other way, so a test that passes its own
/// context has everything in hand.
struct Context: Sendable {
    var environment: [String: String]
    var time: any TimeSource
    var random: any RandomSource
    var standardOutput: any OutputStream
    var standardError: any OutputStream
    /// The signals held back when the process began, for a command that takes its place.
    var signalMask: SignalMask
    /// Puts a question to the person at the terminal and returns whether the answer is yes; `nil` where there is none.
    var confirm: (@Sendable (String) -> Bool)?
    /// Makes the transport; called when a command first needs the network.
    var makeHTTPClient: @Sendable (TransportConfiguration) -> any HTTPClient

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

    /// The variable's value; `nil` where it is absent or empty, which mean the same to Azure Pipelines.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether an Azure Pipelines agent runs this process.
    var isPipeline: Bool { variable("TF_BUILD")?.lowercased() == "true" }
}
