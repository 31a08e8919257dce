import Domain
import FoundationEssentials

/// A token's claims for a person and for a program.
struct ClaimsListing {
    private let token: JSONWebToken
    private let now: Date

    init(_ token: JSONWebToken, now: Date) { (self.token, self.now) = (token, now) }

    /// The claims object as the issuer wrote it, on a line.
    var json: String { #"{"schema":"\#(JSONReport.Schema.token.rawValue)","claims":\#(token.claims.json)}"# + "\n" }

    /// One claim a line, times in words too, then what a trust policy has to say about it.
    var text: String {
        let claims = token.claims
        let named = claims.ordered.map { (ForeignText.clean($0.name, limit: 60), $0.value, meaning(of: $0.name)) }
        let width = named.map(\.0.count).max() ?? 0
        var lines = named.map { (name, value, meaning) in
            let padding = String(repeating: " ", count: width - name.count)
            return "\(name)\(padding)  \(ForeignText.clean(value.display))\(meaning)"
        }
        lines.append("")
        lines.append("a trust policy for this token names")
        lines.append("  principal  oidc-provider/\(issuerPath)")
        lines.append("  \(issuerPath):sub  \(ForeignText.clean(claims.subject))")
        for audience in claims.audiences { lines.append("  \(issuerPath):aud  \(ForeignText.clean(audience))") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The issuer as IAM writes it in condition keys and ARNs: without the scheme.
    private var issuerPath: String {
        let issuer = ForeignText.clean(token.claims.issuer)
        return issuer.hasPrefix("https://") ? String(issuer.dropFirst("https://".count)) : issuer
    }

    private func meaning(of claim: String) -> String {
        let date: Date? =
            switch claim {
            case "exp": token.claims.expiration
            case "nbf": token.claims.notBefore
            case "iat": token.claims.issuedAt
            default: nil
            }
        guard let date else { return "" }
        let seconds = Int(date.timeIntervalSince(now).rounded())
        return "  (\(Timestamp(date).text), \(seconds < 0 ? "\(-seconds) s ago" : "in \(seconds) s"))"
    }
}
