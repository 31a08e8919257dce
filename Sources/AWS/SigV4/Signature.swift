package import Domain
import TLSCrypto

/// A signature and the two stages it was made from, so that a wrong one shows where it went wrong.
package struct Signature: Sendable {
    /// The first stage.
    package let canonicalRequest: CanonicalRequest
    /// The second stage.
    package let stringToSign: StringToSign
    /// 64 lower-case hexadecimal digits.
    package let text: String

    /// Goes through all stages.
    package init(
        of request: SignableRequest, secretAccessKey: Secret, scope: SigningScope, normalizingPath: Bool = true
    ) {
        canonicalRequest = CanonicalRequest(request, normalizingPath: normalizingPath)
        stringToSign = StringToSign(canonicalRequest, scope: scope)
        let code = HMAC.sha256(key: scope.signingKey(from: secretAccessKey), Array(stringToSign.text.utf8))
        text = code.withExposedBytes { Hex.encode($0) }
    }
}
