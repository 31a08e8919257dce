import Domain
import TLSCrypto

/// A request in the one form that both sides sign ("Create a signed AWS API request", AWS General Reference).
///
/// Written for the receiving side and from the documentation alone, so that it agrees with the client's own only where
/// both are right.
struct CanonicalRequest {
    let text: String

    /// - Parameter signedNames: the names in `SignedHeaders`, in the order given there.
    init(_ request: ServerRequest, signedNames: [String]) {
        let fields = signedNames.map { "\($0):\(Self.value(of: $0, in: request))\n" }.joined()
        text = [
            request.method, Self.path(request.path), Self.query(request.query ?? ""), fields,
            signedNames.joined(separator: ";"), Hex.encode(Digest.sha256(request.body)),
        ].joined(separator: "\n")
    }

    /// The values of a field, each without the spaces around it and with runs of spaces made one.
    private static func value(of name: String, in request: ServerRequest) -> String {
        request.fields.filter { $0.name.lowercased() == name }.map { field in
            field.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
        }.joined(separator: ",")
    }

    /// Without `.`, `..` and empty segments, and encoded once more than it came.
    private static func path(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let end = path.hasSuffix("/") && !segments.isEmpty ? "/" : ""
        return "/" + segments.map { PercentEncoding.encode(String($0)) }.joined(separator: "/") + end
    }

    /// Sorted by name, then by value, both as encoded.
    private static func query(_ query: String) -> String {
        let items = FormDecoding.items(query).map {
            (name: PercentEncoding.encode($0.name), value: PercentEncoding.encode($0.value))
        }
        let sorted = items.sorted { $0.name == $1.name ? $0.value < $1.value : $0.name < $1.name }
        return sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}
