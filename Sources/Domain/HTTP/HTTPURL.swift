/// An absolute `http` or `https` URL, strict by construction.
///
/// Whoever decides that a host may be given a secret and whoever opens the connection must read the same host, so
/// anything two parsers could read differently is refused: user information, white space, backslashes, control
/// characters, fragments, percent signs in the host. The transport is given ``text``, which is put together from the
/// parts checked here (RFC 3986 §3).
package struct HTTPURL: Sendable, Hashable {
    /// The two schemes there are.
    package enum Scheme: String, Sendable { case http, https }

    /// Why a text is not such a URL.
    package struct ParseError: Error, Equatable {
        /// What is wrong with it, lower case, without the URL itself.
        package let reason: String
    }

    package let scheme: Scheme
    /// Lower case; an IPv6 address without its brackets.
    package let host: String
    /// The port if it was written and is not the scheme's own.
    package let port: Int?
    /// The port a connection goes to: the written one, or the scheme's own.
    package var effectivePort: Int { port ?? (scheme == .https ? 443 : 80) }
    /// Begins with `/`, percent-encoded as written.
    package let path: String
    /// Without the `?`, percent-encoded as written; `nil` where there is no `?`.
    package let query: String?

    /// - Throws: ``ParseError`` saying which part is wrong.
    package init(_ text: String) throws(ParseError) {
        guard let separator = text.firstRange(of: "://") else { throw ParseError(reason: "it has no https://") }
        guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
            throw ParseError(reason: "its scheme is neither https nor http")
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { throw ParseError(reason: "it contains a space, a control character, a backslash or a fragment") }

        let rest = text[separator.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let (host, port) = try Self.parseAuthority(rest[..<authorityEnd])

        let target = rest[authorityEnd...]
        let queryStart = target.firstIndex(of: "?")
        let path = target[..<(queryStart ?? target.endIndex)]

        self.scheme = scheme
        self.host = host
        self.port = port == (scheme == .https ? 443 : 80) ? nil : port
        self.path = path.isEmpty ? "/" : String(path)
        self.query = queryStart.map { String(target[target.index(after: $0)...]) }
    }

    private init(scheme: Scheme, host: String, port: Int?, path: String, query: String?) {
        (self.scheme, self.host, self.port, self.path, self.query) = (scheme, host, port, path, query)
    }

    /// The same URL with `name=value` added to its query, both percent-encoded.
    package func addingQueryItem(_ name: String, _ value: String) -> HTTPURL {
        let item = "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        let joined = query.map { $0.isEmpty ? item : "\($0)&\(item)" } ?? item
        return HTTPURL(scheme: scheme, host: host, port: port, path: path, query: joined)
    }

    /// The same URL without the query items of these names, which are lower case and stand for any case.
    package func removingQueryItems(_ names: Set<String>) -> HTTPURL {
        let kept = query?.split(separator: "&").filter { item in
            !names.contains(item.prefix { $0 != "=" }.lowercased())
        }
        let query = kept.flatMap { $0.isEmpty ? nil : $0.joined(separator: "&") }
        return HTTPURL(scheme: scheme, host: host, port: port, path: path, query: query)
    }

    /// The same host with another path and no query. `path` begins with `/` and is already percent-encoded.
    package func replacingPath(_ path: String) -> HTTPURL {
        HTTPURL(scheme: scheme, host: host, port: port, path: path, query: nil)
    }

    /// `host` or `host:port`, an IPv6 address in brackets: the value of a `Host` header (RFC 9110 §7.2).
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    /// The whole URL, put together from the checked parts.
    package var text: String { "\(scheme.rawValue)://\(authority)\(path)" + (query.map { "?\($0)" } ?? "") }

    /// Whether the host is this machine's own: `localhost`, 127.0.0.0/8 or ::1.
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        // Plain decimal only: in other parsers a leading zero means octal, and 0127.0.0.1 is somebody else.
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { text in
            UInt8(text).flatMap { String($0) == text ? $0 : nil }
        }
        return numbers.count == 4 && numbers.allSatisfy { $0 != nil } && numbers[0] == 127
    }

    private static func parseAuthority(_ authority: Substring) throws(ParseError) -> (host: String, port: Int?) {
        if authority.contains("@") { throw ParseError(reason: "it contains a user name") }
        var host = authority
        var portText: Substring?
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw ParseError(reason: "its host lacks a ]") }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.first == ":" else { throw ParseError(reason: "its port is malformed") }
            if !after.isEmpty { portText = after.dropFirst() }
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                throw ParseError(reason: "its IPv6 address is malformed")
            }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                portText = authority[authority.index(after: colon)...]
            }
            let legal = host.utf8.allSatisfy { $0.isASCIILetterOrDigit(or: ".-_") }
            guard legal, !host.isEmpty, host.utf8.count <= 253, !host.hasPrefix("."), !host.contains("..") else {
                throw ParseError(reason: "its host is malformed")
            }
        }
        var port: Int?
        if let portText {
            guard let number = UInt16(portText), number > 0, portText.allSatisfy(\.isNumber) else {
                throw ParseError(reason: "its port is malformed")
            }
            port = Int(number)
        }
        return (host.lowercased(), port)
    }
}
