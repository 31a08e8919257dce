import CCurl
import Domain
import Testing

@testable import CurlTransport

struct TransferFailureTests {
    private func error(_ code: CURLcode, _ text: String) throws -> HTTPError {
        TransferFailure(
            code: code, text: text, url: try HTTPURL("https://sts.test/the/path?token=abc"), caBundle: nil,
            exceededLimit: nil, proxy: nil, connectStatus: 0, requestWasSent: false
        ).error
    }

    @Test func `a reason never quotes the path or the query`() throws {
        for text in ["bad /the/path here", "bad token=abc here"] {
            #expect(try error(CURLE_COULDNT_CONNECT, text).kind == "cannotConnect")
            #expect(!"\(try error(CURLE_COULDNT_CONNECT, text))".contains("bad"))
        }
        #expect(
            try error(CURLE_COULDNT_CONNECT, "as said\r\n##vso[x]")
                == .cannotConnect(host: "sts.test", reason: "as said  x]"))
    }

    @Test(arguments: [
        ("OpenSSL SSL_connect: Connection reset by peer in connection to sts.test:443", "connectionLost"),
        ("error:0A000126:SSL routines::unexpected eof while reading", "connectionLost"),
        ("TLS connect error: error:0A000126:SSL routines::unexpected eof while reading", "connectionLost"),
        ("error:0A00010B:SSL routines::wrong version number", "tls"),
        ("error:0A000410:SSL routines::sslv3 alert handshake failure", "tls"),
    ])
    func `a handshake cut off is told from one refused`(text: String, kind: String) throws {
        #expect(try error(CURLE_SSL_CONNECT_ERROR, text).kind == kind)
    }
}
