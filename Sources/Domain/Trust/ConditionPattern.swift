/// A value of a policy's condition with its variables put in: `${key}`, `${key, 'default'}`, and the escapes `${*}`,
/// `${?}`, `${$}`. What a variable stands for is taken literally.
///
/// Compared by Unicode scalars: two spellings of one letter are two to IAM.
struct ConditionPattern: Sendable {
    /// What became of the variables.
    enum Resolution: Sendable {
        case resolved(ConditionPattern)
        /// A variable has no value, or several.
        case unresolved
        /// A variable's value is not known offline.
        case unknown
    }

    private enum Element: Sendable, Equatable {
        case literal(Unicode.Scalar)
        /// `*`: any number of any characters.
        case anything
        /// `?`: one character.
        case one
    }

    private let elements: [Element]

    private init(_ elements: [Element]) { self.elements = elements }

    /// A pattern without variables.
    init(_ text: String) { elements = text.unicodeScalars.map(Self.element) }

    /// - Parameter hasVariables: whether the policy's version has them (2012-10-17).
    static func resolve(_ text: String, hasVariables: Bool, _ context: TrustContext) -> Resolution {
        guard hasVariables else { return .resolved(ConditionPattern(text)) }
        var elements: [Element] = []
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "$", rest.first == "{", let end = rest.firstIndex(of: "}") else {
                elements.append(element(scalar))
                continue
            }
            let name = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
            if ["*", "?", "$"].contains(name) {
                elements += name.unicodeScalars.map { .literal($0) }
                continue
            }
            let (key, fallback) = variable(name)
            if context.isUnknown(key) { return .unknown }
            switch context.value(key) {
            case .one(let value)?: elements += value.unicodeScalars.map { .literal($0) }
            case .many([])?, nil:
                guard let fallback else { return .unresolved }
                elements += fallback.unicodeScalars.map { .literal($0) }
            case .many?: return .unresolved
            }
        }
        return .resolved(ConditionPattern(elements))
    }

    /// `key` or `key, 'default'`.
    private static func variable(_ text: String) -> (key: String, fallback: String?) {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        func trimmed(_ text: Substring) -> Substring {
            var text = text.drop { $0 == " " }
            while text.last == " " { text = text.dropLast() }
            return text
        }
        let key = String(trimmed(parts[0]))
        guard parts.count == 2 else { return (key, nil) }
        let quoted = trimmed(parts[1])
        guard quoted.count >= 2, quoted.first == "'", quoted.last == "'" else { return (key, nil) }
        return (key, String(quoted.dropFirst().dropLast()))
    }

    private static func element(_ scalar: Unicode.Scalar) -> Element {
        switch scalar {
        case "*": .anything
        case "?": .one
        default: .literal(scalar)
        }
    }

    /// The text, wildcards as they are written.
    var text: String {
        var text = String.UnicodeScalarView()
        for element in elements {
            switch element {
            case .literal(let scalar): text.append(scalar)
            case .anything: text.append("*")
            case .one: text.append("?")
            }
        }
        return String(text)
    }

    /// The six parts of an ARN's pattern; `nil` where there are fewer.
    var arnParts: [ConditionPattern]? {
        let parts = elements.split(separator: .literal(":"), maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 ? parts.map { ConditionPattern(Array($0)) } : nil
    }

    /// Whether the whole text matches. Takes time in proportion to both lengths: after a mismatch only the last `*` is
    /// tried again.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var (place, index) = (0, 0)
        var retry: (place: Int, index: Int)?
        while index < scalars.count {
            let element = place < elements.count ? elements[place] : nil
            if element == .anything {
                retry = (place, index)
                place += 1
            } else if element == .one || element == .literal(scalars[index]) {
                place += 1
                index += 1
            } else if let last = retry {
                retry = (last.place, last.index + 1)
                (place, index) = (last.place + 1, last.index + 1)
            } else {
                return false
            }
        }
        return elements[place...].allSatisfy { $0 == .anything }
    }
}
