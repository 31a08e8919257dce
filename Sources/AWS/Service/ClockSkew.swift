package import Domain
package import FoundationEssentials

/// How far AWS's clock is ahead of this machine's, learnt from the answers.
///
/// AWS refuses signatures that are minutes off, and build machines with a wrong clock exist. Source: the AWS SDKs'
/// clock-skew correction.
package actor ClockSkew {
    /// Below this a signature is not refused for its time, and an answer that took longer cannot tell the time.
    private static let tolerance: TimeInterval = 4 * 60

    /// In whole seconds; negative where this machine is ahead.
    package private(set) var offset: TimeInterval

    /// - Parameter offset: what is known already, in seconds.
    package init(offset: TimeInterval = 0) { self.offset = offset }

    /// Learns from an answer's `Date`.
    ///
    /// - Returns: by how much the offset was wrong; `nil` where the answer says nothing reliable: it has no date, comes
    ///   from a cache, or was under way too long.
    package func record(_ response: HTTPResponse, sent: Date, received: Date) -> TimeInterval? {
        guard response.field("age") == nil, let date = response.field("date").flatMap(Self.date),
            received.timeIntervalSince(sent) < Self.tolerance
        else { return nil }
        let middle = sent.addingTimeInterval(received.timeIntervalSince(sent) / 2)
        let measured = date.timeIntervalSince(middle).rounded()
        defer { offset = measured }
        return measured - offset
    }

    /// Whether a refusal is worth another signature, now that the offset has been corrected by `correction`.
    package static func explains(code: String?, correction: TimeInterval?) -> Bool {
        guard let correction else { return false }
        switch code {
        case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture": return true
        // These say only that the signature is not right; a wrong key is the likelier cause.
        case "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure": return abs(correction) > tolerance
        default: return false
        }
    }

    /// Reads `Thu, 01 Jan 2026 00:05:01 GMT` (RFC 9110 §5.6.7).
    private static func date(_ text: String) -> Date? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp("\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")?.date
    }
}
