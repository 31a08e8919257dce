package import Domain
package import LinuxSystem

/// The seams to everything that differs from run to run: environment, clock, randomness, streams, network.
///
/// An operation reaches the outside through the context it is given and in no other way, so a test that passes its own
/// context has everything in hand.
package struct Context: Sendable {
    package var environment: [String: String]
    package var time: any TimeSource
    package var random: any RandomSource
    package var standardOutput: any OutputStream
    package var standardError: any OutputStream
    /// The signals held back when the process began, for a command that takes its place.
    package var signalMask: SignalMask
    /// Puts a question to the person at the terminal and returns whether the answer is yes; `nil` if there is nobody.
    package var confirm: (@Sendable (String) -> Bool)?
    /// Makes the transport; called when an operation first needs the network.
    package var makeHTTPClient: @Sendable (TransportConfiguration) -> any HTTPClient

    package init(
        environment: [String: String], time: any TimeSource, random: any RandomSource,
        standardOutput: any OutputStream, standardError: any OutputStream, signalMask: SignalMask,
        confirm: (@Sendable (String) -> Bool)? = nil,
        makeHTTPClient: @escaping @Sendable (TransportConfiguration) -> any HTTPClient
    ) {
        (self.environment, self.time, self.random) = (environment, time, random)
        (self.standardOutput, self.standardError) = (standardOutput, standardError)
        (self.signalMask, self.confirm, self.makeHTTPClient) = (signalMask, confirm, makeHTTPClient)
    }

    /// The variable's value; `nil` if it is absent or empty, which mean the same to Azure Pipelines.
    package func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether an Azure Pipelines agent runs this process.
    package var isPipeline: Bool { variable("TF_BUILD")?.lowercased() == "true" }
}
