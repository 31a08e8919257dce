import Foundation

/// A service of AWS's query protocol: a form in, XML out.
struct QueryAPI: Sendable {
    static let sts = QueryAPI(host: "sts", version: "2011-06-15")
    static let iam = QueryAPI(host: "iam", version: "2010-05-08")

    private let host: String
    /// The only one there ever was.
    let version: String

    /// - Parameter elements: what is in the result; `nil` for operations that have none.
    func result(of operation: String, _ elements: [XMLElement]?) -> ServerAnswer {
        let id = UUID().uuidString.lowercased()
        let result = elements.map { [XMLElement("\(operation)Result", $0)] } ?? []
        let metadata = XMLElement("ResponseMetadata", [XMLElement("RequestId", id)])
        return xml(200, "\(operation)Response", id: id, result + [metadata])
    }

    func error(_ error: ServiceError) -> ServerAnswer {
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

    private func xml(_ status: Int, _ root: String, id: String, _ children: [XMLElement]) -> ServerAnswer {
        let text = children.map { $0.lines(indent: "  ") }.joined()
        let namespace = "https://\(host).amazonaws.com/doc/\(version)/"
        return ServerAnswer(
            status: status, type: "text/xml", "<\(root) xmlns=\"\(namespace)\">\n\(text)</\(root)>\n",
            fields: [("x-amzn-RequestId", id)])
    }
}
