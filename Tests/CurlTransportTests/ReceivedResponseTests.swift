import Domain
import Testing

@testable import CurlTransport

struct ReceivedResponseTests {
    private func received(_ lines: [String]) -> ReceivedResponse {
        var response = ReceivedResponse(bodyLimit: 10)
        for line in lines {
            #expect(Array(line.utf8).withUnsafeBytes { response.receive(headerLine: $0) })
        }
        return response
    }

    @Test func `names are lower case, values without the space around them, and order and repetition are kept`() {
        let response = received([
            "HTTP/1.1 200 OK\r\n", "Set-Cookie: a=1\r\n", "X-Colons:  a:b: c \t\r\n", "set-cookie:b\r\n", "X-None:\r\n",
            "no colon\r\n", "\r\n",
        ])
        #expect(response.fields.map(\.name) == ["set-cookie", "x-colons", "set-cookie", "x-none"])
        #expect(response.fields.map(\.value) == ["a=1", "a:b: c", "b", ""])
    }

    @Test func `a body is given away once, and passes its limit only once it is larger`() {
        var response = received(["HTTP/1.1 200 OK\r\n", "Content-Length: 99999999999\r\n", "\r\n"])
        let part: [UInt8] = [1, 2, 3, 4, 5]
        #expect(part.withUnsafeBytes { response.receive(body: $0) })
        #expect(part.withUnsafeBytes { response.receive(body: $0) })
        #expect(response.exceededLimit == nil)
        #expect([9].withUnsafeBytes { !response.receive(body: UnsafeRawBufferPointer(rebasing: $0[..<1])) })
        #expect(response.exceededLimit == 10)
        response.takeBody().withExposedBytes { #expect($0 == part + part) }
        #expect(response.takeBody().isEmpty)
    }
}
