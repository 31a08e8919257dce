package import Domain
package import FoundationEssentials

/// Signs requests with Signature Version 4.
///
/// Signing is total: whatever the request holds, the result is a signed one, and signing it again replaces the
/// signature. Source: IAM User Guide, "AWS Signature Version 4 for API requests".
package struct Signer: Sendable {
    /// What some services want otherwise. The defaults are right for all that this program calls.
    package struct Options: Sendable {
        /// Whether `//`, `.` and `..` in the path are resolved before signing; S3 wants them kept.
        package var normalizesPath = true
        /// Whether `x-amz-content-sha256` is sent and signed, as S3 wants it.
        package var sendsContentHash = false
        /// Whether the session token is signed; if not, it is added after signing.
        package var signsSessionToken = true

        /// The defaults.
        package init() {}
    }

    private let credentials: SessionCredentials
    private let region: String
    private let service: String
    private let options: Options

    /// - Parameters:
    ///   - region: the endpoint's signing region.
    ///   - service: the endpoint's signing name.
    package init(credentials: SessionCredentials, region: String, service: String, options: Options = Options()) {
        (self.credentials, self.region, self.service, self.options) = (credentials, region, service, options)
    }

    /// The request with `X-Amz-Date`, `X-Amz-Security-Token` where there is a token, and `Authorization`.
    package func sign(_ request: HTTPRequest, now: Date) -> HTTPRequest {
        var signed = request
        let form = headerForm(of: SignableRequest(request), now: now).request
        signed.fields = form.fields.filter { $0.name.lowercased() != "host" }
        return signed
    }

    /// The request with its signature in the fields, and how the signature came about.
    package func headerForm(of request: SignableRequest, now: Date) -> (request: SignableRequest, signature: Signature)
    {
        let scope = SigningScope(now: now, region: region, service: service)
        let own: Set<String> = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"]
        var request = request
        request.fields.removeAll { own.contains($0.name.lowercased()) }

        let token = credentials.sessionToken.map { [HTTPField("X-Amz-Security-Token", $0)] } ?? []
        var added = [HTTPField("X-Amz-Date", Secret(scope.timestamp))]
        if options.sendsContentHash {
            added.append(HTTPField("x-amz-content-sha256", Secret(CanonicalRequest.hash(of: request.body))))
        }

        var signable = request
        signable.fields += (options.signsSessionToken ? token : []) + added
        let signature = signature(of: signable, scope: scope)
        let authorization: Secret = """
            \(SigningScope.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text), \
            SignedHeaders=\(signature.canonicalRequest.signedHeaders), Signature=\(signature.text)
            """
        request.fields += token + added + [HTTPField("Authorization", authorization)]
        return (request, signature)
    }

    /// The request with its signature in the query (a presigned URL), and how the signature came about.
    ///
    /// - Parameter lifetime: how long it counts from `now`, in seconds.
    package func queryForm(
        of request: SignableRequest, now: Date, lifetime: Int
    ) -> (request: SignableRequest, signature: Signature) {
        let scope = SigningScope(now: now, region: region, service: service)
        let token: Secret? = credentials.sessionToken.map { "X-Amz-Security-Token=\(PercentEncoding.encode($0))" }
        var request = request
        func append(_ item: Secret) { request.query = request.query.isEmpty ? item : "\(request.query)&\(item)" }

        append("X-Amz-Algorithm=\(SigningScope.algorithm)")
        append("X-Amz-Credential=\(PercentEncoding.encode("\(credentials.accessKeyID)/\(scope.text)" as Secret))")
        append("X-Amz-Date=\(scope.timestamp)")
        append("X-Amz-SignedHeaders=\(PercentEncoding.encode(CanonicalHeaders(request.fields).names))")
        append("X-Amz-Expires=\(lifetime)")
        if let token, options.signsSessionToken { append(token) }
        let signature = signature(of: request, scope: scope)
        if let token, !options.signsSessionToken { append(token) }
        append("X-Amz-Signature=\(signature.text)")
        return (request, signature)
    }

    private func signature(of request: SignableRequest, scope: SigningScope) -> Signature {
        Signature(
            of: request, secretAccessKey: credentials.secretAccessKey, scope: scope,
            normalizingPath: options.normalizesPath)
    }
}
