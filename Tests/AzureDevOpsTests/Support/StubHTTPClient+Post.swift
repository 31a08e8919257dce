import Domain
import TestSupport

extension StubHTTPClient.Exchange {
    static func post(_ url: String, _ answer: Result<HTTPResponse, HTTPError>) -> Self {
        Self(.post, url, answer: answer)
    }

    static func post(_ url: String, status: Int, _ fields: [(name: String, value: String)] = [], body: Secret) -> Self {
        post(url, .success(HTTPResponse(status: status, fields: fields, body: body)))
    }
}
