package import Domain
import FoundationEssentials

/// Why Azure DevOps said nothing about an organisation or what is in it, or changed nothing. Texts of the service are
/// kept as they came, without the secrets that were sent, and are cleaned when printed.
package enum OrganizationError: Error, Sendable, Equatable {
    /// There was no whole answer.
    case transport(HTTPError)
    /// 401, or the way to the sign-in page: the credential is wrong, over, or of another organisation.
    case credentialRefused
    /// 403: the credential may not ask that.
    case forbidden(message: String?)
    /// 404: there is no such organisation, project or connection, or the credential may not see it.
    case notFound
    /// 429, or `Retry-After` with another failure that may pass.
    case throttled(after: Duration?)
    /// Any other status.
    case failed(status: Int, message: String?)
    /// A success that has not in it what it should.
    case malformedAnswer
}

extension OrganizationError: RetryableError {
    package var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .throttled(let after): .throttled(after: after)
        case .failed(let status, _) where status == 408 || status >= 500: .transient
        default: .never
        }
    }
}

/// What an error answer of Azure DevOps says, in any of the shapes it comes in.
///
/// Source: azure-devops-go-api's `WrappedError` and `WrappedImproperError`; text and an empty body occur too.
struct ErrorAnswer {
    let message: String?
    /// `VssInvalidPreviewVersionException` and the like.
    let typeKey: String?
    /// Whether it is a web page, which no API answers with.
    let isPage: Bool

    /// - Parameter secrets: what was sent, which must not come back in a message.
    init(_ body: Secret, withholding secrets: [Secret]) {
        var bytes = body.withExposedBytes { $0 }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
        let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
        isPage = start.contains("<html") || start.contains("<!doctype html") || start.contains("object moved")

        let shape = try? JSONDecoder().decode(Shape.self, from: Data(bytes))
        typeKey = shape?.typeKey
        let isJSON = start.first { !$0.isWhitespace } == "{"
        let text = shape?.message ?? (isPage || isJSON ? "" : String(decoding: bytes, as: UTF8.self))
        // After decoding: in JSON a token could be spelled with escapes.
        let message = TokenRedaction(of: secrets).apply(to: text)
        self.message = message.allSatisfy(\.isWhitespace) ? nil : message
    }

    /// `{message, typeKey}`, `{Message}`, `{value: {Message}}` or `{value: "…"}`.
    private struct Shape: Decodable {
        let message: String?
        let typeKey: String?

        private enum CodingKeys: String, CodingKey {
            case message, typeKey, value
            case improperMessage = "Message"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            typeKey = try? container.decode(String.self, forKey: .typeKey)
            let inner = try? container.nestedContainer(keyedBy: CodingKeys.self, forKey: .value)
            message =
                (try? container.decode(String.self, forKey: .message))
                ?? (try? container.decode(String.self, forKey: .improperMessage))
                ?? (try? container.decode(String.self, forKey: .value))
                ?? (try? inner?.decode(String.self, forKey: .improperMessage))
        }
    }
}
