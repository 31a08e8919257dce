import Foundation

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

/// The answers of STS's query protocol.
enum STSAnswer {
    private static let namespace = "https://sts.amazonaws.com/doc/2011-06-15/"

    static func result(of operation: String, _ elements: [XMLElement]) -> ServerAnswer {
        let id = UUID().uuidString.lowercased()
        return xml(
            200, "\(operation)Response", id: id,
            [
                XMLElement("\(operation)Result", elements),
                XMLElement("ResponseMetadata", [XMLElement("RequestId", id)]),
            ])
    }

    static func error(_ error: STSError) -> ServerAnswer {
        let id = UUID().uuidString.lowercased()
        return xml(
            error.status, "ErrorResponse", id: id,
            [
                XMLElement(
                    "Error",
                    [
                        XMLElement("Type", error.status < 500 ? "Sender" : "Receiver"),
                        XMLElement("Code", error.code), XMLElement("Message", error.message),
                    ]),
                XMLElement("RequestId", id),
            ])
    }

    private static func xml(_ status: Int, _ root: String, id: String, _ children: [XMLElement]) -> ServerAnswer {
        let text = children.map { $0.lines(indent: "  ") }.joined()
        return ServerAnswer(
            status: status, type: "text/xml", "<\(root) xmlns=\"\(namespace)\">\n\(text)</\(root)>\n",
            fields: [("x-amzn-RequestId", id)])
    }
}
