import AWS
import Domain
import FoundationEssentials
import LinuxSystem
import TLSCrypto

/// Why credentials could not be got, left for those who were waiting for them meanwhile and would fail alike.
///
/// What STS says of the session holds for all who ask for it. What else cannot be mended by trying again, such as an
/// access token that is refused, holds for processes in the same circumstances. What can pass is nobody else's: the
/// next one tries, for as long as its own time lasts.
struct SharedFailure {
    /// The largest note read, in bytes.
    static let largest = 64 * 1024

    private struct File: Codable {
        /// Tells one failure from the next, whose words may be the same.
        let id: String
        /// Whom it holds for; everybody where there are none.
        let circumstances: String?
        let code: Int32
        let message: String
        let hints: [String]
    }

    /// The error in a note; `nil` where there is none, or none that holds in these circumstances.
    static func read(_ note: Secret, in circumstances: String) -> ErrorReport? {
        guard let file = note.withExposedBytes({ try? JSONDecoder().decode(File.self, from: Data($0)) }),
            file.circumstances == nil || file.circumstances == circumstances,
            let code = ExitCode(rawValue: file.code)
        else { return nil }
        return ErrorReport(code, file.message, hints: file.hints)
    }

    /// - Parameter id: one that no other failure has.
    /// - Returns: `nil` where the failure is nobody else's.
    static func note(_ error: any Error, in circumstances: String, id: String) -> Secret? {
        let report = ErrorReport(error)
        // What is wrong with this process's own options and environment is none of the others' business.
        guard [.unavailable, .refused].contains(report.code), !canPass(error) else { return nil }
        let file = File(
            id: id, circumstances: isAnswer(error) ? nil : circumstances, code: report.code.rawValue,
            message: report.message, hints: report.hints)
        return (try? JSONEncoder().encode(file)).map { Secret(bytes: Array($0)) }
    }

    /// What the failures of a process depend on, besides what it asks for: its environment, with the access token and
    /// the proxies in it, and the options for the network. A digest, of 64 hexadecimal digits.
    static func circumstances(_ network: NetworkRequest, _ context: Context) -> String {
        let variables = context.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let parts = [variables, network.trustedHosts, [network.caBundle.map(FileSystem.absolute)].compactMap(\.self)]
        let list = JSONValue.list(parts.map { .list($0.map { .text($0) }) })
        return Hex.encode(Digest.sha256(Array(list.json().utf8)))
    }

    private static func canPass(_ error: any Error) -> Bool {
        let cause = (error as? ExchangeFailure)?.cause ?? error
        return switch (cause as? any RetryableError)?.retryAdvice {
        case .transient, .throttled: true
        case .never, .doubtful, nil: false
        }
    }

    /// Whether STS said it, and not something between here and there.
    private static func isAnswer(_ error: any Error) -> Bool {
        (error as? ExchangeFailure)?.cause.code != nil
    }
}
