import CredentialServer
import Domain
import Foundation

/// The credential server alone in a process, for what is looked at from outside: its memory, its sockets, its speed.
///
///     CredentialServerHost TOKEN [CONNECTION-LIMIT]
///
/// Prints the port. Gives credentials at `/role/deploy`, new ones every second, until stdin ends.
@main struct Main {
    static func main() async throws {
        let token = CommandLine.arguments[1]
        let server = try await CredentialServer.start(
            .init(connectionLimit: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 512),
            time: SystemTime(), isAuthorized: { $0 == token })
        await server.offer(offer(0), at: "/role/deploy")
        print(server.port)
        fflush(nil)
        let renewal = Task {
            for generation in 1... {
                try await Task.sleep(for: .seconds(1))
                await server.offer(offer(generation), at: "/role/deploy")
            }
        }
        while readLine() != nil {}
        renewal.cancel()
        await server.stop()
    }

    /// As long as what STS gives.
    private static func offer(_ generation: Int) -> CredentialOffer {
        let credentials = SessionCredentials(
            accessKeyID: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            sessionToken: Secret("\(generation)".padding(toLength: 900, withPad: "+", startingAt: 0)),
            expiration: Date(timeIntervalSinceNow: 3600))
        guard let offer = CredentialOffer(credentials) else { fatalError("not an offer") }
        return offer
    }
}

private struct SystemTime: TimeSource {
    func now() -> Date { Date() }
    func uptime() -> Duration { .seconds(ProcessInfo.processInfo.systemUptime) }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
