/// An element of an XML answer.
struct XMLElement {
    let name: String
    var text = ""
    var children: [XMLElement] = []

    init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }

    init(_ name: String, _ children: [XMLElement]) { (self.name, self.children) = (name, children) }

    func lines(indent: String = "") -> String {
        guard !children.isEmpty else { return "\(indent)<\(name)>\(Self.escape(text))</\(name)>\n" }
        return "\(indent)<\(name)>\n\(children.map { $0.lines(indent: indent + "  ") }.joined())\(indent)</\(name)>\n"
    }

    private static func escape(_ text: String) -> String {
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&apos;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
