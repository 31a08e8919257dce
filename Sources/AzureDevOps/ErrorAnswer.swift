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

    init(_ body: Secret, withholding secrets: [Secret]) {
        var bytes = body.withExposedBytes { $0 }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
        let text = Self.withholding(secrets, from: String(decoding: bytes, as: UTF8.self))
        let start = text.prefix(200).lowercased()
        isPage = start.contains("<html") || start.contains("<!doctype html") || start.contains("object moved")

        let shape = try? JSONDecoder().decode(Shape.self, from: Data(text.utf8))
        let isJSON = text.first { !$0.isWhitespace } == "{"
        message = shape?.message ?? (isPage || isJSON || text.isEmpty ? nil : text)
        typeKey = shape?.typeKey
    }

    /// A service that echoes what it was sent must not make an error that carries a token.
    private static func withholding(_ secrets: [Secret], from text: String) -> String {
        secrets.reduce(text) { text, secret in
            secret.isEmpty ? text : text.replacing(secret.exposedText, with: "<redacted>")
        }
    }

    /// `{message, typeKey}`, `{value: {Message}}` or `{value: "…"}`.
    private struct Shape: Decodable {
        let message: String?
        let typeKey: String?

        private enum CodingKeys: String, CodingKey { case message, typeKey, value }
        private enum ValueKeys: String, CodingKey { case message = "Message" }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            typeKey = try? container.decode(String.self, forKey: .typeKey)
            let inner = try? container.nestedContainer(keyedBy: ValueKeys.self, forKey: .value)
            message =
                (try? container.decode(String.self, forKey: .message))
                ?? (try? container.decode(String.self, forKey: .value))
                ?? (try? inner?.decode(String.self, forKey: .message))
        }
    }
}
