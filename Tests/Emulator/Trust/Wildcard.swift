/// The patterns of IAM: `*` stands for any characters, `/` and `:` included, `?` for one.
enum Wildcard {
    static func matches(_ text: String, pattern: String) -> Bool {
        let (text, pattern) = (Array(text), Array(pattern))
        var (position, index) = (0, 0)
        // Where the last star was, and how far the text had come: the place to try again from.
        var star: (index: Int, position: Int)?
        while position < text.count {
            if index < pattern.count, pattern[index] == "*" {
                star = (index, position)
                index += 1
            } else if index < pattern.count, pattern[index] == "?" || pattern[index] == text[position] {
                position += 1
                index += 1
            } else if let last = star {
                star = (last.index, last.position + 1)
                position = last.position + 1
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == "*" }
    }
}
