import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

/// AWS's own Signature Version 4 cases, at every stage they store, in both forms.
@Suite struct OfficialSigningTests {
    static let cases: [OfficialCase] = {
        let folder = "sigv4/aws-c-auth-v4"
        return ((try? Vectors.folders(in: folder)) ?? []).compactMap { try? OfficialCase(in: "\(folder)/\($0)") }
    }()

    @Test("all 38 cases are there")
    func completeness() { #expect(Self.cases.count == 38) }

    @Test("in the fields", arguments: cases)
    func headerForm(_ test: OfficialCase) throws {
        let (request, signature) = test.signer.headerForm(of: test.request, now: test.date)
        #expect(signature.canonicalRequest.text.exposedText == (try test.stage("header-canonical-request")))
        #expect(signature.stringToSign.text == (try test.stage("header-string-to-sign")))
        #expect(signature.text == (try test.stage("header-signature")))
        #expect(OfficialCase.render(request) == (try test.stage("header-signed-request")))
    }

    @Test("in the query", arguments: cases)
    func queryForm(_ test: OfficialCase) throws {
        let (request, signature) = test.signer.queryForm(of: test.request, now: test.date, lifetime: test.lifetime)
        #expect(signature.canonicalRequest.text.exposedText == (try test.stage("query-canonical-request")))
        #expect(signature.stringToSign.text == (try test.stage("query-string-to-sign")))
        #expect(signature.text == (try test.stage("query-signature")))
        #expect(OfficialCase.render(request) == (try test.stage("query-signed-request")))
    }
}

/// One case: a folder with the request, its context and the stages.
struct OfficialCase: Sendable, CustomTestStringConvertible {
    private struct Context: Decodable {
        struct Credentials: Decodable {
            let access_key_id: Secret
            let secret_access_key: Secret
            let token: Secret?
        }
        let credentials: Credentials
        let expiration_in_seconds: Int
        let normalize: Bool
        let region: String
        let service: String
        let sign_body: Bool
        let timestamp: String
        let omit_session_token: Bool?
    }

    let folder: String
    let request: SignableRequest
    let signer: Signer
    let date: Date
    let lifetime: Int

    var testDescription: String { folder }

    init(in folder: String) throws {
        let context = try Vectors.decode(Context.self, "\(folder)/context.json")
        self.folder = folder
        request = Self.parse(try Vectors.text("\(folder)/request.txt"))
        date = try Date(context.timestamp, strategy: .iso8601)
        lifetime = context.expiration_in_seconds

        var options = Signer.Options()
        options.normalizesPath = context.normalize
        options.sendsContentHash = context.sign_body
        options.signsSessionToken = context.omit_session_token != true
        let credentials = SessionCredentials(
            accessKeyID: context.credentials.access_key_id, secretAccessKey: context.credentials.secret_access_key,
            sessionToken: context.credentials.token, expiration: nil)
        signer = Signer(
            credentials: credentials, region: context.region, service: context.service, options: options)
    }

    func stage(_ name: String) throws -> String { try Vectors.text("\(folder)/\(name).txt") }

    /// The target is what lies between the first and the last space: it may hold spaces itself.
    private static func parse(_ text: String) -> SignableRequest {
        let headEnd = text.firstRange(of: "\n\n")
        let lines = text[..<(headEnd?.lowerBound ?? text.endIndex)].split(separator: "\n")
        let words = lines[0].split(separator: " ")
        let target = words[1..<(words.count - 1)].joined(separator: " ")
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)

        var fields: [(name: String, value: String)] = []
        for line in lines.dropFirst() {
            if line.hasPrefix(" ") {
                fields[fields.count - 1].value += "\n\(line)"
            } else if let colon = line.firstIndex(of: ":") {
                fields.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
        return SignableRequest(
            method: String(words[0]), path: parts[0], query: Secret(parts.count > 1 ? parts[1] : ""),
            fields: fields.map { HTTPField($0.name, Secret($0.value)) },
            body: Secret(headEnd.map { String(text[$0.upperBound...]) } ?? ""))
    }

    /// The request in the form in which the cases are stored.
    static func render(_ request: SignableRequest) -> String {
        let target = request.query.isEmpty ? request.path : "\(request.path)?\(request.query.exposedText)"
        let fields = request.fields.map { "\($0.name):\($0.value.exposedText)\n" }.joined()
        return "\(request.method) \(target) HTTP/1.1\n\(fields)\n\(request.body.exposedText)"
    }
}
