package import Domain
package import FoundationEssentials
import TLSCrypto

/// The moment, the region and the service a signature counts for, and the key derived from them.
///
/// Source: IAM User Guide, "Create a signed AWS API request", steps 3 and 4.
package struct SigningScope: Sendable {
    /// The only algorithm of Signature Version 4 used here.
    package static let algorithm = "AWS4-HMAC-SHA256"

    /// The value of `X-Amz-Date`: `20150830T123600Z`.
    package let timestamp: String
    /// The region that is signed for, which a global service fixes.
    package let region: String
    /// The service's signing name.
    package let service: String

    /// - Parameter now: the moment of signing; counted in whole seconds, in UTC.
    package init(now: Date, region: String, service: String) {
        (timestamp, self.region, self.service) = (Timestamp(now).compactText, region, service)
    }

    /// The credential scope: `20150830/us-east-1/sts/aws4_request`.
    package var text: String { "\(day)/\(region)/\(service)/aws4_request" }

    private var day: Substring { timestamp.prefix(8) }

    /// The key that signs within this scope, derived from the secret access key.
    package func signingKey(from secretAccessKey: Secret) -> Secret {
        [String(day), region, service, "aws4_request"].reduce("AWS4\(secretAccessKey)") { key, part in
            HMAC.sha256(key: key, Array(part.utf8))
        }
    }
}

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
