/// The name of a role session: 2 to 64 letters, digits and `_+=,.@-` (STS API reference, `RoleSessionName`).
///
/// It appears in CloudTrail and in the session's ARN, so it should say which run it was.
package struct SessionName: Sendable, Hashable, CustomStringConvertible {
    /// Why a text is no session name.
    package enum ValidationError: Error, Sendable, Equatable {
        /// It has fewer than 2 or more than 64 characters.
        case length(Int)
        /// It has a character that is not allowed.
        case character(Character)
    }

    private static let lengths = 2...64

    /// The name.
    package let text: String

    /// - Throws: ``ValidationError`` where STS would refuse it.
    package init(validating text: String) throws(ValidationError) {
        if let illegal = text.first(where: { !$0.utf8.allSatisfy(Self.isLegal) }) { throw .character(illegal) }
        guard Self.lengths ~= text.utf8.count else { throw .length(text.utf8.count) }
        self.text = text
    }

    /// A session name out of any text: what is not allowed becomes `-`, what is too long is cut.
    ///
    /// - Parameter suffix: what must not be cut away, such as the number of the build.
    package static func legalised(_ text: String, suffix: String = "") -> SessionName {
        func replacing(_ text: String) -> String {
            String(text.map { $0.utf8.allSatisfy(isLegal) ? $0 : "-" })
        }
        let end = replacing(suffix).suffix(lengths.upperBound)
        let start = replacing(text).prefix(lengths.upperBound - end.count)
        let name = start + end
        return SessionName(name + String(repeating: "-", count: max(0, lengths.lowerBound - name.count)))
    }

    private init(_ legal: String) { text = legal }

    /// The name.
    package var description: String { text }

    /// Whether IAM allows the byte in names: `[\w+=,.@-]`.
    package static func isLegal(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit(or: "_+=,.@-")
    }
}
