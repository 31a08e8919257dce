/// Why a file of JSON that people write is none that can be used.
package struct LocatedJSONFailure: Error, Sendable, Equatable {
    /// What two rotations of a file have in common that would make them rotate against each other.
    package enum Shared: String, Sendable { case user, secret, serviceConnection = "service connection" }

    /// What is wrong on the line.
    package enum Reason: Sendable, Equatable {
        /// It is no JSON, in the words of ``LocatedJSON/SyntaxError``.
        case syntax(String)
        /// A member nobody knows, and the known one that is nearest to it.
        case unknownMember(String, nearest: String?)
        /// The value is of another kind; the name is `nil` for the whole file.
        case wrongKind(of: String?, expected: LocatedJSON.Kind, found: LocatedJSON.Kind)
        /// A member that every entry, or the file, must have.
        case missingMember(String)
        /// The member's text is empty or white space.
        case emptyMember(String)
        /// There is nothing to do in it.
        case noEntries
        /// A rotation of that line has the same.
        case duplicate(Shared, of: String, firstLine: Int)
        /// A profile's name that not every SDK takes.
        case invalidProfileName(String)
    }

    /// Where, from 1.
    package let line: Int
    package let reason: Reason

    init(line: Int, reason: Reason) { (self.line, self.reason) = (line, reason) }
}
