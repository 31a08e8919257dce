import CCurl
import Domain

/// Owns one `curl_slist` of header lines, wiped when it goes.
struct HeaderList: ~Copyable {
    /// `nil` for an empty list, as libcurl has it.
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// The request's own fields, and for those that libcurl would add unasked a line that keeps it from that.
    ///
    /// - Throws: ``HTTPError/configuration(reason:)`` where a value would end its line and begin another.
    init(_ request: HTTPRequest) throws(HTTPError) {
        head = nil
        for field in request.fields where !Self.isTransportsOwn(field.name) {
            guard !field.value.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
                throw .configuration(reason: "the header field \(field.name) contains a line end")
            }
            // libcurl sends a field without a value only when it is written with a semicolon.
            try append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        try append("Expect:")
        if !request.fields.contains(where: { $0.name.lowercased() == "content-type" }) { try append("Content-Type:") }
    }

    deinit {
        var node = head
        while let text = node?.pointee.data {
            explicit_bzero(text, strlen(text))
            node = node?.pointee.next
        }
        curl_slist_free_all(head)
    }

    private mutating func append(_ line: Secret) throws(HTTPError) {
        guard let head = SecretBuffer(line).withCString({ curl_slist_append(head, $0) }) else {
            throw .configuration(reason: "there is no memory for a header")
        }
        self.head = head
    }

    private static func isTransportsOwn(_ name: String) -> Bool {
        ["host", "content-length", "transfer-encoding"].contains(name.lowercased())
    }
}
