/// A subject that a trust policy accepts: the token's `sub` in IAM's language of `*`, `?` and `${…}`.
///
/// Source: IAM User Guide, "Condition operators" (StringLike) and "Variables and tags" (the escapes).
package struct SubjectPattern: Sendable, Hashable {
    /// Why a text is no subject of the issuer.
    package enum ValidationError: Error, Sendable, Equatable {
        /// It begins otherwise than the issuer's subjects do; `expected` are the beginnings there are.
        case scheme(found: String, expected: [String])
        /// A part between the slashes is missing.
        case missingPart(String)
        /// A character no name has: a control character.
        case character
        /// It is empty, or longer than the 255 characters a subject may have at STS.
        case length(Int)
    }

    /// As IAM reads it: `*` and `?` are wildcards unless they are written as `${*}` and `${?}`.
    package let text: String
    /// Whether it stands for more than one subject.
    package let hasWildcard: Bool

    /// A service connection's tokens: `sc://organisation/project/connection`. The names are taken literally.
    package static func serviceConnection(
        _ name: String, project: String, organization: String
    ) throws(ValidationError) -> SubjectPattern {
        try SubjectPattern(literal: "sc", [organization, project, name])
    }

    /// A pipeline's own tokens: `p://organisation/project/pipeline`. The names are taken literally.
    package static func pipeline(
        _ name: String, project: String, organization: String
    ) throws(ValidationError) -> SubjectPattern {
        try SubjectPattern(literal: "p", [organization, project, name])
    }

    private init(literal scheme: String, _ parts: [String]) throws(ValidationError) {
        guard parts.allSatisfy({ !$0.isEmpty }) else {
            throw .missingPart("\(scheme)://\(parts.joined(separator: "/"))")
        }
        try self.init("\(scheme)://\(parts.map(Self.escaped).joined(separator: "/"))", issuer: nil)
    }

    /// A subject as it stands in a trust policy, wildcards and all.
    ///
    /// - Parameter issuer: whose subjects it must look like; `nil` for an issuer nobody knows.
    /// - Throws: ``ValidationError``.
    package init(_ text: String, issuer: Issuer?) throws(ValidationError) {
        guard 1...255 ~= text.count else { throw .length(text.count) }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { throw .character }
        let expected = issuer?.subjectBeginnings ?? []
        guard expected.isEmpty || expected.contains(where: text.hasPrefix) || Self.isWild(text.prefix(1)) else {
            let end =
                text.firstRange(of: "://")?.upperBound ?? text.index(text.startIndex, offsetBy: min(8, text.count))
            throw .scheme(found: String(text[..<end]), expected: expected)
        }
        if let scheme = ["sc://", "p://"].first(where: text.hasPrefix), text.dropFirst(scheme.count).contains("//") {
            throw .missingPart(text)
        }
        self.text = text
        hasWildcard = Self.isWild(text[...])
    }

    private static func isWild(_ text: Substring) -> Bool {
        var rest = text
        while let mark = rest.firstIndex(where: { $0 == "*" || $0 == "?" || $0 == "$" }) {
            let escape = rest[mark...].prefix(4)
            if escape == "${*}" || escape == "${?}" || escape == "${$}" {
                rest = rest[rest.index(mark, offsetBy: 4)...]
            } else if rest[mark] != "$" {
                return true
            } else {
                rest = rest[rest.index(after: mark)...]
            }
        }
        return false
    }

    /// What a name's own `*`, `?` and `$` must be written as.
    private static func escaped(_ name: String) -> String {
        String(name.flatMap { "*?$".contains($0) ? "${\($0)}" : String($0) })
    }

    /// The organisation it names; `nil` where it names none, or by a wildcard.
    package var organization: String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard ["sc:", "p:"].contains(parts[0]), parts.count > 2, !Self.isWild(parts[2]), !parts[2].isEmpty
        else { return nil }
        return String(parts[2])
    }

    /// What the wildcards let in, for a person to agree to; `nil` without any.
    package var meaning: String? {
        guard hasWildcard else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let kind = text.hasPrefix("sc://") ? "service connection" : text.hasPrefix("p://") ? "pipeline" : nil
        guard let kind, parts.count == 5, !Self.isWild(parts[2]), !Self.isWild(parts[3]) else {
            return "every subject like \(text), in any project, also in ones that do not exist yet"
        }
        guard parts[4] == "*" else { return "every \(kind) of project \(parts[3]) whose name is like \(parts[4])" }
        return "every \(kind) of project \(parts[3]), also those somebody makes later"
    }
}

extension Issuer {
    /// What the subjects of its tokens begin with.
    fileprivate var subjectBeginnings: [String] {
        switch self {
        case .azureDevOps: ["sc://", "p://"]
        case .entra: ["/eid1/"]
        }
    }
}
