/// An expression of HashiCorp's configuration language, in its canonical layout.
///
/// Source: HCL Native Syntax Specification; Terraform, "Style Conventions".
indirect enum HCL: Sendable {
    /// As it stands: a number, a reference.
    case raw(String)
    case text(String)
    case list([HCL])
    case object([(String, HCL)])
    case function(String, HCL)

    /// The order people know the elements of a policy in.
    private static let order = ["Version", "Id", "Statement", "Sid", "Effect", "Principal", "Action", "Resource"]

    /// What is something else than a name at the beginning of an object.
    private static let keywords: Set<String> = ["for", "null", "true", "false"]

    /// A JSON value as an expression.
    ///
    /// - Parameter replace: given the names on the way to each value and the value's expression, the one to use.
    init(
        _ value: JSONValue, at path: [String] = [], replacing replace: ([String], HCL) -> HCL = { $1 }
    ) {
        let expression: HCL =
            switch value {
            case .text(let text): .text(text)
            case .list(let values): .list(values.map { HCL($0, at: path, replacing: replace) })
            case .members(let members):
                .object(
                    JSONValue.sorted(members, Self.order).map { name, value in
                        (name, HCL(value, at: path + [name], replacing: replace))
                    })
            default: .raw(value.display)
            }
        self = replace(path, expression)
    }

    /// A block with its attributes, and a line end.
    static func block(_ head: String, _ attributes: [(String, HCL)]) -> String {
        "\(head) {\n\(lines(attributes, indentation: "  "))}\n"
    }

    /// A line an attribute; the equals signs of neighbours that take a line each stand below each other.
    private static func lines(_ attributes: [(String, HCL)], indentation: String) -> String {
        let items = attributes.map { (key: key($0.0), value: $0.1.written(indentation)) }
        var lines = ""
        for (index, item) in items.enumerated() {
            var width = item.key.count
            if !item.value.contains("\n") {
                let isLong = { (item: (key: String, value: String)) in item.value.contains("\n") }
                let before = items[..<index].reversed().prefix { !isLong($0) }
                let after = items[index...].prefix { !isLong($0) }
                width = (before + after).map(\.key.count).max() ?? width
            }
            let padding = String(repeating: " ", count: width - item.key.count)
            lines += "\(indentation)\(item.key)\(padding) = \(item.value)\n"
        }
        return lines
    }

    private static func key(_ name: String) -> String {
        let isIdentifier =
            name.utf8.allSatisfy { SessionName.isLegal($0) && !"+=,.@-".utf8.contains($0) }
            && !name.isEmpty && !name.utf8.prefix(1).contains(where: \.isASCIIDigit) && !keywords.contains(name)
        return isIdentifier ? name : quoted(name)
    }

    private func written(_ indentation: String) -> String {
        switch self {
        case .raw(let text): return text
        case .text(let text): return Self.quoted(text)
        case .function(let name, let argument): return "\(name)(\(argument.written(indentation)))"
        case .list(let values):
            let items = values.map { $0.written(indentation + "  ") }
            guard items.contains(where: { $0.contains("\n") }) || items.joined().count > 80 else {
                return "[\(items.joined(separator: ", "))]"
            }
            return "[\n" + items.map { "\(indentation)  \($0),\n" }.joined() + "\(indentation)]"
        case .object(let attributes):
            return "{\n" + Self.lines(attributes, indentation: indentation + "  ") + "\(indentation)}"
        }
    }

    /// In quotes, with nothing in it that Terraform would replace.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        // By scalars: a brace with a combining mark is another character to Swift, and the same to Terraform.
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "{" where previous == "$" || previous == "%": quoted += "\(previous){"
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case ..<" ": quoted += "\\u00\(Hex.encode([UInt8(scalar.value)]))"
            default: quoted.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return quoted + "\""
    }
}
