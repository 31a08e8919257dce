extension JSONValue {
    /// Writes the value as JSON (RFC 8259), ASCII only: IAM takes no character beyond Latin-1 in a policy.
    ///
    /// - Parameters:
    ///   - isPretty: one member or element a line, indented by two; otherwise on one line without spaces.
    ///   - order: names that come first in an object, in this order; the others follow by the alphabet.
    package func json(isPretty: Bool = false, order: [String] = []) -> String {
        var text = ""
        write(to: &text, order, line: isPretty ? "\n" : nil)
        return text
    }

    /// - Parameter line: the line end and the indentation of the line this value is on; `nil` for no line ends.
    private func write(to text: inout String, _ order: [String], line: String?) {
        switch self {
        case .text(let value): text += Self.quoted(value)
        case .integer(let number): text += String(number)
        case .number(let number): text += String(number)
        case .boolean(let value): text += String(value)
        case .null: text += "null"
        case .list(let values):
            Self.writeItems(of: values, between: "[", "]", to: &text, line) { value, text, line in
                value.write(to: &text, order, line: line)
            }
        case .members(let members):
            let sorted = Self.sorted(members, order)
            Self.writeItems(of: sorted, between: "{", "}", to: &text, line) { member, text, line in
                text += Self.quoted(member.key) + (line == nil ? ":" : ": ")
                member.value.write(to: &text, order, line: line)
            }
        }
    }

    private static func writeItems<Item>(
        of items: [Item], between open: String, _ close: String, to text: inout String, _ line: String?,
        _ write: (Item, inout String, String?) -> Void
    ) {
        text += open
        let inner = line.map { $0 + "  " }
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "" : ",") + (inner ?? "")
            write(item, &text, inner)
        }
        text += (items.isEmpty ? "" : line ?? "") + close
    }

    /// An object's members, those in `order` first and the others by the alphabet.
    static func sorted(_ members: [String: JSONValue], _ order: [String]) -> [(key: String, value: JSONValue)] {
        func rank(_ name: String) -> (Int, String) { (order.firstIndex(of: name) ?? order.count, name) }
        return members.sorted { rank($0.key) < rank($1.key) }
    }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for unit in value.utf16 {
            switch unit {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: text += "\\u" + Hex.encode([UInt8(unit >> 8), UInt8(unit & 0xFF)])
            }
        }
        return text + "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    package init(stringLiteral text: String) { self = .text(text) }

    package init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
}
