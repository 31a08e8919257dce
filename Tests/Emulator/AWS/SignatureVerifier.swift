import Domain
import Foundation
import TLSCrypto

/// Verifies Signature Version 4 as AWS does, in its own words.
struct SignatureVerifier {
    /// What the `Authorization` header says.
    private struct Authorization {
        var accessKeyID = ""
        /// Date, region, service, terminator.
        var scope: [String] = []
        var signedNames: [String] = []
        var signature = ""
    }

    private static let algorithm = "AWS4-HMAC-SHA256"
    private static let tolerance = 15 * 60

    /// The service and the regions that a signature may be scoped to.
    let service: String
    let regions: Set<String>
    let now: Date
    /// Finds what is behind an access key id, once for every request.
    let key: (String) -> AccessKey?

    /// - Returns: who signed, and for which region.
    /// - Throws: what AWS says of a request that is not signed as it should be.
    func verify(_ request: ServerRequest) throws(ServiceError) -> VerifiedSignature {
        guard let header = request.field("authorization") else {
            throw ServiceError(
                code: "MissingAuthenticationToken", message: "Request is missing Authentication Token", status: 403)
        }
        let stamp = request.field("x-amz-date")
        let authorization = try parse(header, stamp: stamp)
        let date = stamp ?? ""
        guard let key = key(authorization.accessKeyID), key.sessionToken == request.field("x-amz-security-token") else {
            throw .invalidClientToken
        }
        try checkScope(authorization, date: date)
        try checkNames(authorization.signedNames, of: request)
        try checkSignature(authorization, date: date, secret: key.secret, of: request)
        try checkDate(date)
        if let expires = key.expires, Int(now.timeIntervalSince1970) >= expires {
            throw ServiceError(
                code: "ExpiredToken", message: "The security token included in the request is expired", status: 403)
        }
        return VerifiedSignature(
            caller: key.caller, accessKeyID: authorization.accessKeyID, region: authorization.scope[1])
    }

    /// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
    private func parse(_ header: String, stamp: String?) throws(ServiceError) -> Authorization {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.first.map(String.init) == Self.algorithm else {
            throw ServiceError(
                code: "IncompleteSignature", message: "Unsupported AWS 'algorithm' in the Authorization header.")
        }
        var values: [String: String] = [:]
        for item in (parts.count > 1 ? parts[1] : "").split(separator: ",") {
            let pair = item.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            if pair.count == 2 { values[pair[0]] = pair[1] }
        }
        var missing = ["Credential", "Signature", "SignedHeaders"].filter { values[$0] == nil }.map {
            "Authorization header requires '\($0)' parameter."
        }
        if stamp == nil {
            missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
        }
        let credential = values["Credential", default: ""].split(separator: "/").map(String.init)
        if missing.isEmpty, credential.count != 5 {
            missing.append("Credential must have exactly 5 slash-delimited elements.")
        }
        guard missing.isEmpty else {
            throw ServiceError(code: "IncompleteSignature", message: missing.joined(separator: " "))
        }
        return Authorization(
            accessKeyID: credential[0], scope: Array(credential[1...]),
            signedNames: values["SignedHeaders", default: ""].split(separator: ";").map(String.init),
            signature: values["Signature", default: ""])
    }

    private func checkScope(_ authorization: Authorization, date: String) throws(ServiceError) {
        let scope = authorization.scope
        if scope[0] != date.prefix(8) {
            throw .signature(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(scope[0])' != '\(date.prefix(8))', from '\(date)'.")
        }
        if !regions.contains(scope[1]) { throw .signature("Credential should be scoped to a valid region.") }
        if scope[2] != service {
            throw .signature("Credential should be scoped to correct service: '\(service)'.")
        }
        if scope[3] != "aws4_request" {
            throw .signature("Credential should be scoped with a valid terminator: 'aws4_request', not '\(scope[3])'.")
        }
    }

    /// The host, the body's type and everything of AWS's own must be signed, and nothing that is not there.
    private func checkNames(_ names: [String], of request: ServerRequest) throws(ServiceError) {
        guard names == names.map({ $0.lowercased() }).sorted() else {
            throw .signature("The SignedHeaders parameter must be lower case and sorted.")
        }
        guard names.contains("host") else {
            throw .signature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        let present = Set(request.fields.map { $0.name.lowercased() })
        let mustBeSigned = present.filter { $0.hasPrefix("x-amz-") || $0 == "content-type" }
        let unsigned = mustBeSigned.subtracting(names).sorted()
        guard unsigned.isEmpty else {
            throw .signature(
                "There were headers present in the request which were not signed: \(unsigned.joined(separator: ", "))")
        }
        guard present.isSuperset(of: names) else { throw .signature(Self.mismatch) }
        if let hash = request.field("x-amz-content-sha256"), hash != Hex.encode(Digest.sha256(request.body)) {
            throw .signature("The value of x-amz-content-sha256 does not match the calculated hash.")
        }
    }

    private func checkSignature(
        _ authorization: Authorization, date: String, secret: String, of request: ServerRequest
    ) throws(ServiceError) {
        let canonical = CanonicalRequest(request, signedNames: authorization.signedNames).text
        let toSign = [
            Self.algorithm, date, authorization.scope.joined(separator: "/"),
            Hex.encode(Digest.sha256(Array(canonical.utf8))),
        ].joined(separator: "\n")
        let signingKey = authorization.scope.reduce(Secret("AWS4\(secret)")) { key, part in
            HMAC.sha256(key: key, Array(part.utf8))
        }
        let signature = HMAC.sha256(key: signingKey, Array(toSign.utf8)).withExposedBytes { Hex.encode($0) }
        guard signature == authorization.signature else {
            // As AWS does: helpful, and a session token travels in it.
            throw .signature(
                "\(Self.mismatch)\n\nThe Canonical String for this request should have been\n'\(canonical)'\n\n"
                    + "The String-to-Sign should have been\n'\(toSign)'\n")
        }
    }

    private static let mismatch =
        "The request signature we calculated does not match the signature you provided. "
        + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."

    private func checkDate(_ date: String) throws(ServiceError) {
        guard let signed = Self.date(date) else {
            throw ServiceError(
                code: "IncompleteSignature", message: "Date must be in ISO-8601 'basic format'. Got '\(date)'.")
        }
        let earliest = now.addingTimeInterval(-Double(Self.tolerance))
        if signed < earliest {
            throw .signature(
                "Signature expired: \(date) is now earlier than \(Self.text(earliest)) (\(Self.text(now)) - 15 min.)")
        }
        let latest = now.addingTimeInterval(Double(Self.tolerance))
        if signed > latest {
            throw .signature(
                "Signature not yet current: \(date) is still later than \(Self.text(latest)) "
                    + "(\(Self.text(now)) + 15 min.)"
            )
        }
    }

    private static let format = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)

    /// `20260101T000000Z`, and nothing else.
    private static func date(_ text: String) -> Date? {
        guard let date = try? format.parse(text), Self.text(date) == text else { return nil }
        return date
    }

    private static func text(_ date: Date) -> String { date.formatted(format) }
}
