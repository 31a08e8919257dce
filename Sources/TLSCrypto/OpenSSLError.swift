import COpenSSL

/// What OpenSSL's error queue held after a call failed.
package struct OpenSSLError: Error, Equatable, CustomStringConvertible {
    /// The call that failed, by OpenSSL's own name.
    package let operation: String
    /// The queue, oldest first; may be empty.
    package let reasons: [String]

    package var description: String {
        reasons.isEmpty ? "\(operation) failed" : "\(operation) failed: \(reasons.joined(separator: "; "))"
    }

    /// Drains this thread's queue, so that the next failure does not report this one.
    package static func drain(after operation: String) -> OpenSSLError {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            reasons.append(ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)")
        }
        return OpenSSLError(operation: operation, reasons: reasons)
    }
}
