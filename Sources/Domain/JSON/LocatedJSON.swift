/// A JSON value (RFC 8259) that knows on which line it begins: for files that people write, who want to be told where
/// a mistake is.
package struct LocatedJSON: Sendable {
    /// What kind of value it is, and which.
    package enum Value: Sendable {
        case text(String)
        /// As it is written.
        case number(String)
        case boolean(Bool)
        case null
        case list([LocatedJSON])
        /// In their order; no name is there twice.
        case members([Member])
    }

    /// One name of an object, with its value.
    package struct Member: Sendable {
        package let name: String
        /// Where the name is, from 1.
        package let line: Int
        package let value: LocatedJSON
    }

    /// The kinds of values, in words.
    package enum Kind: String, Sendable, Equatable {
        case text, number, boolean = "true or false", null, list, object
    }

    /// Why bytes are no JSON.
    package struct SyntaxError: Error, Sendable, Equatable {
        /// Where, from 1.
        package let line: Int
        /// What is wrong there, in words that follow "line 3: ". May quote what was found: to be cleaned before it is
        /// printed.
        package let reason: String
    }

    package let value: Value
    /// Where it begins, from 1.
    package let line: Int

    package init(_ value: Value, line: Int) { (self.value, self.line) = (value, line) }

    /// Reads one value, in UTF-8 with or without a byte order mark. Stricter than RFC 8259 in that a name may be given
    /// once in an object, and values may lie 16 deep in one another.
    ///
    /// - Throws: ``SyntaxError``.
    package init(_ bytes: [UInt8]) throws(SyntaxError) {
        var reader = try LocatedJSONReader(bytes)
        self = try reader.readDocument()
    }

    package var kind: Kind {
        switch value {
        case .text: .text
        case .number: .number
        case .boolean: .boolean
        case .null: .null
        case .list: .list
        case .members: .object
        }
    }
}

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
