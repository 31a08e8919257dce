/// The second stage of a signature: the algorithm, the scope and the hash of the canonical request.
///
/// Source: IAM User Guide, "Create a signed AWS API request", step 3.
package struct StringToSign: Sendable {
    /// Four lines. Not a secret: of the request there is only a hash.
    package let text: String

    /// Puts the four lines together.
    package init(_ canonicalRequest: CanonicalRequest, scope: SigningScope) {
        text = """
            \(SigningScope.algorithm)
            \(scope.timestamp)
            \(scope.text)
            \(canonicalRequest.hash)
            """
    }
}
