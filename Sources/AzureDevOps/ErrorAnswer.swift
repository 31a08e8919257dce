import Domain
import FoundationEssentials

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
