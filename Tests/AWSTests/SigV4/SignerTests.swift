import Domain
import FoundationEssentials
import Testing

@testable import AWS

@Suite struct SignerTests {
    private let signer = Signer(credentials: TestValues.credentials, region: "eu-west-1", service: "sts")
    private let request: HTTPRequest

    init() throws {
        request = HTTPRequest(
            .post, try HTTPURL("https://sts.eu-west-1.amazonaws.com:8443/"),
            fields: [HTTPField("User-Agent", "keyless"), HTTPField("Content-Type", "text/plain")], body: "body",
            limits: TestValues.limits)
    }

    @Test("signing again replaces the signature instead of adding one")
    func signingTwice() {
        let once = signer.sign(request, now: TestValues.date)
        let twice = signer.sign(once, now: TestValues.date)
        #expect(twice.fields.map(\.name) == once.fields.map(\.name))
        #expect(twice.values("Authorization") == once.values("Authorization"))
    }

    @Test("the transport's own Host is signed but not sent twice, its port included")
    func host() {
        #expect(signer.sign(request, now: TestValues.date).values("Host").isEmpty)
        let signature = signer.headerForm(of: SignableRequest(request), now: TestValues.date).signature
        #expect(signature.canonicalRequest.text.exposedText.contains("\nhost:sts.eu-west-1.amazonaws.com:8443\n"))
    }

    @Test("the session token is signed")
    func sessionToken() {
        let signed = signer.sign(request, now: TestValues.date)
        #expect(signed.values("X-Amz-Security-Token") == ["session+token"])
        #expect(
            signed.values("Authorization")[0].contains(
                "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"))
    }

    @Test("a long-term key sends no session token")
    func longTermKey() {
        let key = SessionCredentials(
            accessKeyID: "AKIAEXAMPLE", secretAccessKey: "secret", sessionToken: nil, expiration: nil)
        let signed = Signer(credentials: key, region: "eu-west-1", service: "sts").sign(request, now: TestValues.date)
        #expect(signed.values("X-Amz-Security-Token").isEmpty)
        #expect(signed.values("Authorization")[0].hasPrefix("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260304/"))
    }

    @Test(
        "what a proxy may change is not signed",
        arguments: [
            "Connection", "Expect", "Keep-Alive", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding",
            "Upgrade",
            "User-Agent", "X-Amzn-Trace-Id",
        ])
    func unsigned(name: String) {
        var request = request
        request.fields.append(HTTPField(name, "value"))
        let signature = signer.headerForm(of: SignableRequest(request), now: TestValues.date).signature
        #expect(
            signature.canonicalRequest.signedHeaders == "content-type;host;x-amz-date;x-amz-security-token")
        #expect(signer.sign(request, now: TestValues.date).values(name).last == "value")
    }

    @Test(
        "the time is written to the second, in UTC",
        arguments: [
            (0.0, "19700101T000000Z"), (951_825_599.999, "20000229T115959Z"), (4_102_444_799, "20991231T235959Z"),
        ])
    func timestamp(seconds: Double, text: String) {
        let scope = SigningScope(now: Date(timeIntervalSince1970: seconds), region: "r", service: "s")
        #expect(scope.timestamp == text)
        #expect(scope.text == "\(text.prefix(8))/r/s/aws4_request")
    }

    @Test(
        "a percent sign that begins no escape stands for itself",
        arguments: [("%", "%25"), ("%4", "%254"), ("%zz", "%25zz"), ("%3a", "%3A"), ("+", "%2B")])
    func oddEscapes(raw: String, canonical: String) {
        let request = SignableRequest(method: "GET", path: "/", query: Secret("a=\(raw)&&b"), fields: [])
        #expect(CanonicalRequest(request).text.exposedText.hasPrefix("GET\n/\na=\(canonical)&b=\n"))
    }

    @Test("nothing printed of a signed request shows a secret")
    func redaction() {
        let signed = signer.sign(request, now: TestValues.date)
        let (form, signature) = signer.queryForm(of: SignableRequest(request), now: TestValues.date, lifetime: 60)
        for text in ["\(signed)", "\(form)", "\(signature)", "\(signer)"] {
            #expect(!text.contains("secret/key"))
            #expect(!text.contains("session+token"))
            #expect(!text.contains("session%2Btoken"))
            #expect(!text.contains("ASIAEXAMPLE"))
        }
    }
}
