import FoundationEssentials

/// The proxy that requests go through, and the hosts that are reached without it.
package struct ProxyConfiguration: Sendable {
    /// The hosts reached directly, in the words of whoever named the proxy.
    private enum Bypass: Sendable {
        /// What `NO_PROXY` lists.
        case hosts(NoProxyList)
        /// The agent's regular expressions.
        case patterns([String])
    }

    /// The proxy itself: scheme, host and port count, without user information.
    package let url: HTTPURL
    /// Who to be to the proxy; `nil` where it asks nobody.
    package let user: String?
    /// That user's password.
    package let password: Secret?
    private let bypass: Bypass

    /// Reads `https_proxy` or `HTTPS_PROXY` with `no_proxy` or `NO_PROXY`, the lower-case name first as libcurl does;
    /// where neither is set the agent's `AGENT_PROXYURL`, `AGENT_PROXYUSERNAME`, `AGENT_PROXYPASSWORD` and
    /// `AGENT_PROXYBYPASSLIST` (azure-pipelines-task-lib `getHttpProxyConfiguration`); `nil` where that is not set
    /// either.
    ///
    /// - Throws: ``HTTPError/configuration(reason:)`` naming the variable that is no proxy's URL, never its value.
    package init?(environment: [String: String]) throws(HTTPError) {
        /// An unmapped macro of Azure Pipelines arrives as the text `$(Agent.ProxyUrl)`.
        func value(_ names: String...) -> (name: String, text: String)? {
            names.lazy.compactMap { name in environment[name].map { (name, $0) } }
                .first { !$0.1.isEmpty && !$0.1.hasPrefix("$(") }
        }

        if let variable = value("https_proxy", "HTTPS_PROXY") {
            let (address, user, password) = Self.split(variable.text)
            url = try Self.parse(address, from: variable.name)
            self.user = user
            self.password = password
            bypass = .hosts(NoProxyList(value("no_proxy", "NO_PROXY")?.text ?? ""))
        } else if let variable = value("AGENT_PROXYURL") {
            let (address, user, password) = Self.split(variable.text)
            url = try Self.parse(address, from: variable.name)
            self.user = value("AGENT_PROXYUSERNAME")?.text ?? user
            self.password = value("AGENT_PROXYPASSWORD").map { Secret($0.text) } ?? password
            let list = Data((value("AGENT_PROXYBYPASSLIST")?.text ?? "").utf8)
            bypass = .patterns((try? JSONDecoder().decode([String].self, from: list)) ?? [])
        } else {
            return nil
        }
    }

    /// Whether `url` is reached directly. This machine's own addresses always are.
    package func bypasses(_ url: HTTPURL) -> Bool {
        if url.isLoopback { return true }
        switch bypass {
        case .hosts(let list):
            return list.contains(url)
        case .patterns(let patterns):
            // As the agent's own tasks do it: anywhere in the whole URL, in any case of letters.
            let text = url.text
            return patterns.contains { pattern in
                guard let expression = try? Regex(pattern).ignoresCase() else { return false }
                return text.firstMatch(of: expression) != nil
            }
        }
    }

    /// Takes `user:password@` out of a proxy's URL.
    private static func split(_ text: String) -> (address: String, user: String?, password: Secret?) {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        let end = text[start...].firstIndex(of: "/") ?? text.endIndex
        guard let at = text[start..<end].lastIndex(of: "@") else { return (text, nil, nil) }
        let parts = text[start..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (
            String(text[..<start] + text[text.index(after: at)...]),
            String(decoding: percentDecoded(parts[0]), as: UTF8.self),
            parts.count > 1 ? Secret(bytes: percentDecoded(parts[1])) : nil
        )
    }

    private static func parse(_ address: String, from name: String) throws(HTTPError) -> HTTPURL {
        do throws(HTTPURL.ParseError) {
            return try HTTPURL(address.contains("://") ? address : "http://\(address)")
        } catch {
            throw .configuration(reason: "\(name) is not the URL of an http or https proxy: \(error.reason)")
        }
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            let digits = Substring(rest.prefix(2))
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(\.isHexDigit),
                let code = UInt8(digits, radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
