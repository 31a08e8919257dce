/// Finds the name somebody meant who mistyped it.
package enum NearestName {
    /// The name that is fewest slips away; `nil` where none is near enough to be what was meant.
    ///
    /// A slip is a letter left out, put in, taken for another, or two in the wrong order. Upper and lower case, `_` and
    /// `-` do not matter. A third of the letters may be wrong, and two at least in anything longer than three.
    package static func of(_ typed: String, among names: [String]) -> String? {
        let letters = bare(typed)
        // What is much longer than any name needs no look.
        guard 1...64 ~= letters.count else { return nil }
        let ranked = names.map { (name: $0, slips: slips(letters, bare($0))) }
        guard let nearest = ranked.min(by: { $0.slips < $1.slips }) else { return nil }
        let most = letters.count <= 3 ? 1 : max(2, letters.count / 3)
        return nearest.slips <= most && nearest.slips < letters.count ? nearest.name : nil
    }

    private static func bare(_ name: String) -> [Character] { name.lowercased().filter { $0 != "_" && $0 != "-" } }

    /// The distance of optimal string alignment.
    private static func slips(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
