import Domain
import TestSupport
import Testing

/// Thumbprints are written as letters here, a list as a word.
@Suite("An update of thumbprints")
struct ThumbprintUpdateTests {
    struct Case: Sendable {
        let current: String
        let observed: String
        var prune = false
        let list: String
        var added = ""
        var dropped = ""
        var isNeeded = true
    }

    @Test(
        "puts what was seen first, keeps at most five, and drops only what it must or is told to",
        arguments: [
            Case(current: "", observed: "a", list: "a", added: "a"),
            Case(current: "", observed: "ab", list: "ab", added: "ab"),
            Case(current: "a", observed: "a", list: "a", isNeeded: false),
            Case(current: "a", observed: "b", list: "ba", added: "b"),
            Case(current: "a", observed: "b", prune: true, list: "b", added: "b", dropped: "a"),
            Case(current: "abc", observed: "b", list: "abc", isNeeded: false),
            Case(current: "abc", observed: "cb", list: "abc", isNeeded: false),
            Case(current: "abc", observed: "b", prune: true, list: "b", dropped: "ac"),
            Case(current: "abc", observed: "cb", prune: true, list: "bc", dropped: "a"),
            Case(current: "abcde", observed: "f", list: "fabcd", added: "f", dropped: "e"),
            // The last one is still presented: the oldest that is not gives way.
            Case(current: "abcde", observed: "fe", list: "fabce", added: "f", dropped: "d"),
            Case(current: "abcde", observed: "fg", list: "fgabc", added: "fg", dropped: "de"),
            Case(current: "abcde", observed: "e", list: "abcde", isNeeded: false),
            Case(current: "ab", observed: "cc", list: "cab", added: "c"),
            Case(current: "aab", observed: "a", list: "ab"),
            Case(current: "ab", observed: "cdefghi", list: "cdefg", added: "cdefg", dropped: "ab"),
            // Nothing seen is no reason to drop anything, and never an empty list.
            Case(current: "ab", observed: "", prune: true, list: "ab", isNeeded: false),
            Case(current: "", observed: "", prune: true, list: "", isNeeded: false),
        ])
    func update(example: Case) {
        let update = ThumbprintUpdate(
            current: Self.list(example.current), observed: Self.list(example.observed), prune: example.prune)
        #expect(update.list == Self.list(example.list))
        #expect(update.added == Self.list(example.added))
        #expect(update.dropped == Self.list(example.dropped))
        #expect(update.kept == update.list.filter { !update.added.contains($0) })
        #expect(update.isNeeded == example.isNeeded)
    }

    @Test("holds its rules for random lists", arguments: 0..<200)
    func rules(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        func pick(atMost count: Int) -> [Thumbprint] {
            let letters = "abcdefghij".shuffled(using: &generator)
            return Self.list(String(letters.prefix(Int.random(in: 0...count, using: &generator))))
        }
        let (current, observed, prune) = (pick(atMost: 5), pick(atMost: 3), Bool.random(using: &generator))
        let update = ThumbprintUpdate(current: current, observed: observed, prune: prune)

        #expect(update.list.count <= 5)
        #expect(Set(update.list).count == update.list.count)
        #expect(Set(update.list).isSuperset(of: observed), "what is presented now must be accepted")
        #expect(Set(update.list).isSubset(of: current + observed))
        #expect(update.list.isEmpty == (current.isEmpty && observed.isEmpty))
        #expect(update.list == update.added + update.kept)
        #expect(
            Set(update.kept + update.dropped) == Set(current)
                && update.kept.count + update.dropped.count == current.count)
        #expect(Set(update.added).isDisjoint(with: current) && Set(update.dropped).isDisjoint(with: observed))
        if prune, !observed.isEmpty { #expect(Set(update.list) == Set(observed)) }
        if !prune, !update.dropped.isEmpty { #expect(update.list.count == 5, "dropped although there was room") }
        // What was kept keeps its order.
        #expect(current.filter(update.kept.contains) == update.kept)

        let again = ThumbprintUpdate(current: update.list, observed: observed, prune: prune)
        #expect(!again.isNeeded && again.list == update.list, "a second run changes nothing")
    }

    private static func list(_ letters: String) -> [Thumbprint] {
        letters.utf8.compactMap { Thumbprint(Hex.encode([UInt8](repeating: $0, count: 20))) }
    }
}
