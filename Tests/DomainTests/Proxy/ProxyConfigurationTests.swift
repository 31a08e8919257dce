import Domain
import Testing

struct ProxyConfigurationTests {
    private let token = "https://dev.azure.com/org/project/_apis?x=1"

    private func isDirect(_ environment: [String: String], _ url: String) throws -> Bool {
        try #require(try ProxyConfiguration(environment: environment)).bypasses(try HTTPURL(url))
    }

    private func isDirect(noProxy: String, _ url: String) throws -> Bool {
        try isDirect(["HTTPS_PROXY": "proxy.test:8080", "NO_PROXY": noProxy], url)
    }

    private func isDirect(list: String, _ url: String) throws -> Bool {
        try isDirect(["AGENT_PROXYURL": "http://proxy.test", "AGENT_PROXYBYPASSLIST": list], url)
    }

    @Test func `without a variable there is no proxy`() throws {
        let unused = [
            "HTTP_PROXY": "http://other.test", "NO_PROXY": "*", "https_proxy": "", "AGENT_PROXYUSERNAME": "a",
        ]
        #expect(try ProxyConfiguration(environment: unused) == nil)
        #expect(try ProxyConfiguration(environment: ["AGENT_PROXYURL": "$(Agent.ProxyUrl)"]) == nil)
    }

    @Test(arguments: [
        ("http://proxy.test:8080", HTTPURL.Scheme.http, "proxy.test", 8080),
        ("proxy.test:3128", .http, "proxy.test", 3128),
        ("https://proxy.test", .https, "proxy.test", 443), ("HTTP://Proxy.Test/", .http, "proxy.test", 80),
        ("http://[2001:db8::1]:8080", .http, "2001:db8::1", 8080),
    ])
    func `the proxy's address`(text: String, scheme: HTTPURL.Scheme, host: String, port: Int) throws {
        let proxy = try #require(try ProxyConfiguration(environment: ["HTTPS_PROXY": text]))
        #expect(proxy.url.scheme == scheme)
        #expect(proxy.url.host == host)
        #expect(proxy.url.effectivePort == port)
        #expect(proxy.user == nil)
        #expect(proxy.password == nil)
    }

    @Test(arguments: [
        ("http://user:p%40ss%3a%zz@proxy.test", "user", "p@ss:%zz"),
        ("user%20name:a@b:c@proxy.test:1", "user name", "a@b:c"),
        ("http://user:@proxy.test", "user", ""), ("http://user@proxy.test", "user", nil),
    ])
    func `user and password come out of the URL, decoded`(text: String, user: String, password: String?) throws {
        let proxy = try #require(try ProxyConfiguration(environment: ["HTTPS_PROXY": text]))
        #expect(proxy.url.host == "proxy.test")
        #expect(proxy.user == user)
        #expect(proxy.password?.exposedText == password)
    }

    @Test func `the lower-case name comes first, and both come before the agent's`() throws {
        var environment = ["https_proxy": "a.test", "HTTPS_PROXY": "b.test", "AGENT_PROXYURL": "http://c.test"]
        for (name, host) in [("https_proxy", "a.test"), ("HTTPS_PROXY", "b.test"), ("AGENT_PROXYURL", "c.test")] {
            #expect(try ProxyConfiguration(environment: environment)?.url.host == host)
            environment[name] = ""
        }
    }

    @Test func `the agent's user and password come before those of its URL`() throws {
        var environment = ["AGENT_PROXYURL": "http://a:b@proxy.test", "AGENT_PROXYPASSWORD": "$(Agent.ProxyPassword)"]
        #expect(try ProxyConfiguration(environment: environment)?.user == "a")
        #expect(try ProxyConfiguration(environment: environment)?.password?.exposedText == "b")
        environment["AGENT_PROXYUSERNAME"] = "c"
        environment["AGENT_PROXYPASSWORD"] = "d%40"
        #expect(try ProxyConfiguration(environment: environment)?.user == "c")
        #expect(try ProxyConfiguration(environment: environment)?.password?.exposedText == "d%40")
    }

    @Test(arguments: [
        "socks5://user:hidden@proxy.test", "http://user:hidden@", "http://user:hidden@a b", "http://user:hidden@h:0",
    ])
    func `an unusable URL is told by its variable and never by its text`(text: String) {
        for name in ["https_proxy", "HTTPS_PROXY", "AGENT_PROXYURL"] {
            let error = #expect(throws: HTTPError.self) { try ProxyConfiguration(environment: [name: text]) }
            guard case .configuration(let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(reason.hasPrefix("\(name) is not the URL of an http or https proxy: "))
            #expect(!reason.contains("hidden"))
        }
    }

    @Test(arguments: ["https://localhost:8443/", "https://127.3.2.1/", "http://[::1]:80/"])
    func `loopback addresses are always reached directly`(url: String) throws {
        #expect(try isDirect(noProxy: "", url))
        #expect(try isDirect(list: "[]", url))
    }

    @Test(arguments: [
        ("*", "https://a.test"), ("b.test, *", "https://a.test"),
        ("a.test", "https://a.test"), ("A.Test", "https://a.test"), ("a.test", "https://b.a.test"),
        (".a.test", "https://b.a.test"), (".a.test", "https://a.test"), ("*.a.test", "https://b.a.test"),
        ("x,a.test", "https://a.test"), ("x  a.test", "https://a.test"), ("a.test.", "https://a.test"),
        ("a.test", "https://a.test."),
        ("a.test:443", "https://a.test"), ("a.test:8443", "https://a.test:8443"), ("10.1.2.3", "https://10.1.2.3"),
        ("10.1.2.3:443", "https://10.1.2.3"), ("10.0.0.0/8", "https://10.255.0.1"),
        ("10.16.0.0/12", "https://10.31.1.1"),
        ("10.1.2.3/32", "https://10.1.2.3"), ("0.0.0.0/0", "https://10.1.2.3"),
        ("2001:db8::1", "https://[2001:DB8:0:0::1]"), ("[2001:db8::1]", "https://[2001:db8::1]"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443"), ("2001:db8::/33", "https://[2001:db8:7fff::1]"),
        ("10.0.0.0/8", "https://[::ffff:10.1.2.3]"),
    ])
    func `NO_PROXY takes these past the proxy`(list: String, url: String) throws {
        #expect(try isDirect(noProxy: list, url))
    }

    @Test(arguments: [
        ("", "https://a.test"), ("a.test", "https://ba.test"), ("a.test", "https://a.test.com"),
        ("b.a.test", "https://a.test"), ("a.test:8443", "https://a.test"), ("a.test:", "https://a.test"),
        (".", "https://a.test"), ("/", "https://a.test"), ("*a.test", "https://a.test"),
        ("10.0.0.0/8", "https://11.0.0.1"),
        ("10.16.0.0/12", "https://10.32.0.1"), ("10.0.0.0/33", "https://10.0.0.1"), ("10.0.0.0/-1", "https://10.0.0.1"),
        ("10.0.0/8", "https://10.0.0.1"), ("10.1.2.3", "https://10.1.2.30"),
        ("2001:db8::/33", "https://[2001:db8:8000::1]"),
        ("2001:db8::1", "https://[2001:db8::2]"), ("::/0", "https://10.1.2.3"), ("0.0.0.0/0", "https://[2001:db8::1]"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]"), ("0.1.2.3/0x8", "https://10.1.2.3"),
    ])
    func `NO_PROXY does not take these past the proxy`(list: String, url: String) throws {
        #expect(try !isDirect(noProxy: list, url))
    }

    @Test(arguments: [
        (#"["dev\\.azure\\.com"]"#, true), (#"["DEV\\.AZURE"]"#, true), (#"["^https://dev\\..*/org/"]"#, true),
        (#"["sts", "azure"]"#, true), (#"["x=1$"]"#, true), (#"["sts"]"#, false), (#"["^dev"]"#, false), ("[]", false),
        ("", false), ("not JSON", false), (#"{"a": 1}"#, false), (#"["(", "[", "*", "azure"]"#, true),
        (#"["(", "a{2,1}"]"#, false),
    ])
    func `the agent's list holds regular expressions, searched in the whole URL`(list: String, direct: Bool) throws {
        #expect(try isDirect(list: list, token) == direct)
    }

    @Test func `each proxy has its own list`() throws {
        let both = ["AGENT_PROXYBYPASSLIST": #"["azure"]"#, "NO_PROXY": "amazonaws.com"]
        let first = both.merging(["HTTPS_PROXY": "a.test"]) { $1 }
        let second = both.merging(["AGENT_PROXYURL": "http://b.test"]) { $1 }
        #expect(try !isDirect(first, token))
        #expect(try isDirect(first, "https://sts.amazonaws.com"))
        #expect(try isDirect(second, token))
        #expect(try !isDirect(second, "https://sts.amazonaws.com"))
    }
}
