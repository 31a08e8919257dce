import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

/// Requests to the services called here, signed as botocore signs them.
@Suite struct ServiceSigningTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let service: String
        let region: String
        let access_key: Secret
        let secret_key: Secret
        let session_token: Secret?
        let timestamp: String
        let method: String
        let url: String
        let headers: [String: String]
        let body: String
        let canonical_request: String
        let signed_headers: String
        let string_to_sign: String
        let signature: String

        var testDescription: String { name }

        func endpoint() throws -> Endpoint {
            let name = service == "stepfunctions" ? "states" : service
            return try EndpointRules.endpoint(for: #require(Service(rawValue: name)), in: Region(region))
        }
    }

    private struct File: Decodable { let vectors: [Vector] }

    static let vectors = (try? Vectors.decode(File.self, "sigv4/service-vectors.json"))?.vectors ?? []

    @Test("all 21 requests are there")
    func completeness() { #expect(Self.vectors.count == 21) }

    @Test("as botocore signs it", arguments: vectors)
    func signing(_ vector: Vector) throws {
        let format = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        let date = try Date(vector.timestamp, strategy: format)
        let credentials = SessionCredentials(
            accessKeyID: vector.access_key, secretAccessKey: vector.secret_key, sessionToken: vector.session_token,
            expiration: nil)
        let endpoint = try vector.endpoint()
        let signer = Signer(
            credentials: credentials, region: endpoint.signingRegion, service: endpoint.signingName)
        let own = ["Authorization", "X-Amz-Date", "X-Amz-Security-Token"]
        let request = HTTPRequest(
            try #require(HTTPRequest.Method(rawValue: vector.method)), try HTTPURL(vector.url),
            fields: vector.headers.filter { !own.contains($0.key) }.map { HTTPField($0.key, Secret($0.value)) },
            body: Secret(vector.body), limits: TestValues.limits)

        #expect(request.url.host == endpoint.url.host)

        let signature = signer.headerForm(of: SignableRequest(request), now: date).signature
        #expect(signature.canonicalRequest.text.exposedText == vector.canonical_request)
        #expect(signature.canonicalRequest.signedHeaders == vector.signed_headers)
        #expect(signature.stringToSign.text == vector.string_to_sign)
        #expect(signature.text == vector.signature)

        let signed = signer.sign(request, now: date)
        #expect(signed.url == request.url)
        #expect(signed.body.exposedText == vector.body)
        #expect(signed.fields.count == vector.headers.count)
        for (name, value) in vector.headers { #expect(signed.values(name) == [value]) }
    }
}
