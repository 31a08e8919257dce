/// The SHA-1 of a certificate's DER form, by which IAM pins an OIDC provider: 40 hexadecimal digits.
///
/// Source: IAM API reference, `CreateOpenIDConnectProvider`, `ThumbprintList`.
package struct Thumbprint: Sendable, Hashable, CustomStringConvertible {
    /// 40 lower-case hexadecimal digits.
    package let text: String

    /// - Parameter text: 40 hexadecimal digits in either case, as IAM takes them.
    /// - Returns: `nil` for any other text.
    package init?(_ text: String) {
        guard text.utf8.count == 40, text.isASCIIHexDigits else { return nil }
        self.text = text.lowercased()
    }

    /// The digits.
    package var description: String { text }
}

/// What becomes of a provider's thumbprints once its hosts were looked at.
package struct ThumbprintUpdate: Sendable, Equatable {
    /// How many IAM keeps for a provider (IAM API reference, `ThumbprintList`).
    package static let largestCount = 5

    /// The list to set: newest first, none twice, at most ``largestCount``. Empty only where there was nothing before
    /// and nothing was seen, so no update to an empty list, which IAM refuses, ever comes of it.
    package let list: [Thumbprint]
    /// What is there now.
    package let current: [Thumbprint]
    /// What was seen and is not there yet.
    package let added: [Thumbprint]
    /// What is there now and in the new list too, in the order it is there.
    package let kept: [Thumbprint]
    /// What is there now and not in the new list.
    package let dropped: [Thumbprint]
    /// Whether the list to set differs from the one there is. What was seen and is there already stays in its place:
    /// order means nothing to AWS.
    package let isNeeded: Bool

    /// - Parameters:
    ///   - current: the provider's list, newest first.
    ///   - observed: the thumbprints of what its hosts present now, the most important first.
    ///   - prune: whether to drop what no host presents any more. Without it, old ones are dropped only where there is
    ///     no room, the oldest first: certificates change, and both the old and the new must be accepted meanwhile.
    package init(current: [Thumbprint], observed: [Thumbprint], prune: Bool) {
        self.current = current
        let observed = Array(observed.withoutRepeats.prefix(Self.largestCount))
        let before = current.withoutRepeats
        // Nothing seen says nothing about what applies.
        let room = prune && !observed.isEmpty ? 0 : Self.largestCount - observed.count
        let old = before.filter { !observed.contains($0) }.prefix(room)
        added = observed.filter { !before.contains($0) }
        kept = before.filter { observed.contains($0) || old.contains($0) }
        dropped = before.filter { !observed.contains($0) && !old.contains($0) }
        list = added + kept
        isNeeded = list != current
    }
}

extension [Thumbprint] {
    /// The same without what occurred before.
    fileprivate var withoutRepeats: [Thumbprint] {
        var seen: Set<Thumbprint> = []
        return filter { seen.insert($0).inserted }
    }
}
