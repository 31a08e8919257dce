/// The hosts of `NO_PROXY`, which are reached directly.
///
/// The variable has no standard; this reads it as libcurl does (`CURLOPT_NOPROXY`): entries are separated by commas or
/// white space, a name stands for itself and all names below it with or without a leading dot, `*` for every host.
/// Besides those, as Go and Python know them: `*.example.com`, `host:port`, addresses, and ranges such as 10.0.0.0/8.
struct NoProxyList: Sendable {
    private enum Entry: Sendable {
        case all
        case name(String, port: Int?)
        case addresses(IPAddress, prefixLength: Int, port: Int?)
    }

    private let entries: [Entry]

    /// Entries that mean nothing are passed over.
    init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }.compactMap(Self.parse)
    }

    func contains(_ url: HTTPURL) -> Bool {
        let host = url.host.last == "." ? url.host.dropLast() : url.host[...]
        let address = IPAddress(host)
        return entries.contains { entry in
            switch entry {
            case .all:
                true
            case .name(let name, let port):
                isSame(port, url) && (host == name || host.hasSuffix(".\(name)"))
            case .addresses(let network, let prefixLength, let port):
                isSame(port, url) && address?.hasPrefix(of: network, length: prefixLength) == true
            }
        }
    }

    private func isSame(_ port: Int?, _ url: HTTPURL) -> Bool { port == nil || port == url.effectivePort }

    private static func parse(_ text: Substring) -> Entry? {
        if text == "*" { return .all }
        if let slash = text.firstIndex(of: "/") {
            guard let network = IPAddress(text[..<slash]), let length = Int(text[text.index(after: slash)...]),
                0...(network.bytes.count * 8) ~= length
            else { return nil }
            return .addresses(network, prefixLength: length, port: nil)
        }
        var (host, port) = (text, Int?.none)
        if text.first == "[", let close = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<close]
            port = Int(text[close...].dropFirst(2))
        } else if IPAddress(text) == nil, let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            guard let number = Int(text[text.index(after: colon)...]) else { return nil }
            port = number
        }
        if let address = IPAddress(host) {
            return .addresses(address, prefixLength: address.bytes.count * 8, port: port)
        }
        if host.hasPrefix("*.") { host = host.dropFirst() }
        if host.first == "." { host = host.dropFirst() }
        if host.last == "." { host = host.dropLast() }
        return host.isEmpty ? nil : .name(String(host), port: port)
    }
}
