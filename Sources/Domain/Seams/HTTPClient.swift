/// Sends HTTP requests. `CurlTransport` is the real one.
package protocol HTTPClient: Sendable {
    /// Sends the request and returns whatever the server answered, any status, redirects included: none is followed.
    ///
    /// Cancelling the task abandons the transfer.
    ///
    /// - Throws: ``HTTPError`` where there was no whole answer.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse

    /// Opens a connection to the host of `url`, so that the next request to it need not wait for the handshakes.
    /// Failing is no error: the request to come will say what is wrong.
    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async
}
