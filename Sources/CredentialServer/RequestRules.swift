import NIOCore
import NIOHTTP1

/// Who is answered. A page in a browser can reach a loopback port too, by its own name or by one that it has led here
/// (DNS rebinding), and so can whatever forwards requests; they all show in the head.
struct RequestRules: Sendable {
    /// A request that is not answered with credentials.
    struct Refusal: Error {
        let status: HTTPResponseStatus
        let code: String
        let message: String

        var answer: Answer { .error(status, code, message) }
    }

    /// What a browser or a proxy says of whom it asks for.
    private static let foreign = [
        "origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "forwarded", "x-forwarded-for",
        "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via",
    ]

    private let hosts: Set<String>
    private let isAuthorized: @Sendable (String) -> Bool

    /// - Parameter port: the one that is listened on.
    init(port: Int, isAuthorized: @escaping @Sendable (String) -> Bool) {
        // Where a page was led here, the name is another one; the port aws-c-auth leaves out.
        hosts = Set(["127.0.0.1", "localhost"].flatMap { [$0, "\($0):\(port)"] })
        self.isAuthorized = isAuthorized
    }

    /// The path that credentials are asked for at.
    ///
    /// - Throws: ``Refusal``. Nothing is said about paths to whoever has no token.
    func path(_ head: HTTPRequestHead) throws(Refusal) -> String {
        let named = head.headers["host"]
        guard named.count == 1, hosts.contains(named[0].lowercased()) else {
            throw Refusal(
                status: .forbidden, code: "Forbidden", message: "the request names another host than this one")
        }
        if Self.foreign.contains(where: { head.headers.contains(name: $0) }) {
            throw Refusal(
                status: .forbidden, code: "Forbidden", message: "the request comes from a browser or was forwarded")
        }
        let tokens = head.headers["authorization"]
        guard tokens.count == 1, isAuthorized(tokens[0]) else {
            throw Refusal(
                status: .unauthorized, code: "Unauthorized",
                message: "the request has not the token of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
        }
        guard head.method == .GET else {
            throw Refusal(status: .methodNotAllowed, code: "MethodNotAllowed", message: "only GET is answered")
        }
        let length = head.headers["content-length"]
        guard !head.headers.contains(name: "transfer-encoding"), length.isEmpty || length == ["0"] else {
            throw Refusal(status: .badRequest, code: "BadRequest", message: "the request has a body")
        }
        return head.uri
    }

    /// What is said where there is nothing at a path.
    static let notFound = Refusal(
        status: .notFound, code: "NotFound", message: "there are no credentials at this path")
    /// … to something that is no HTTP.
    static let malformed = Refusal(status: .badRequest, code: "BadRequest", message: "that is no HTTP request")
    /// … to a head that never ends.
    static let tooLarge = Refusal(
        status: .requestHeaderFieldsTooLarge, code: "RequestHeaderFieldsTooLarge", message: "the request is too large")
}
