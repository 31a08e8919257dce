import Domain
import FoundationEssentials

/// Why credentials could not be got, left for those who were waiting for them meanwhile.
struct SharedFailure {
    /// The largest note read, in bytes.
    static let largest = 64 * 1024

    private struct File: Codable {
        /// Tells one failure from the next, whose words may be the same.
        let id: String
        let code: Int32
        let message: String
        let hints: [String]
    }

    /// The error in a note; `nil` where there is none.
    static func read(_ note: Secret) -> ErrorReport? {
        guard let file = note.withExposedBytes({ try? JSONDecoder().decode(File.self, from: Data($0)) }),
            let code = ExitCode(rawValue: file.code)
        else { return nil }
        return ErrorReport(code, file.message, hints: file.hints)
    }

    /// - Parameter id: one that no other failure has.
    static func note(_ report: ErrorReport, id: String) -> Secret {
        let file = File(id: id, code: report.code.rawValue, message: report.message, hints: report.hints)
        return Secret(bytes: (try? JSONEncoder().encode(file)).map { Array($0) } ?? [])
    }
}
