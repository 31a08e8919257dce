import Domain
import FoundationEssentials
import LinuxSystem

/// A session policy from a file.
enum SessionPolicy {
    /// What AssumeRole takes, in characters.
    private static let longest = 2048

    /// The file's text, known to be a JSON object of a size that AWS takes.
    ///
    /// - Throws: ``ErrorReport`` naming the file and what is wrong with it.
    static func read(_ path: String) throws(ErrorReport) -> String {
        let text = try FileSystem.read(path, named: "session policy").trimmed().exposedText
        guard (try? JSONDecoder().decode([String: Ignored].self, from: Data(text.utf8))) != nil else {
            throw ErrorReport(.badInput, "the session policy \(path) is not a JSON object")
        }
        guard text.count <= longest else {
            throw ErrorReport(
                .badInput, "the session policy \(path) has \(text.count) characters; AWS takes \(longest) at most",
                hints: ["white space counts: try it through 'jq -c .'"])
        }
        return text
    }

    /// Any JSON value.
    private struct Ignored: Decodable {
        init(from decoder: any Decoder) {}
    }
}
