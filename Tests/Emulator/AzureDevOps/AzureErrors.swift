import Foundation

/// The shapes in which Azure DevOps says no.
enum AzureErrors {
    /// `WrappedError`, the usual one.
    ///
    /// - Parameter module: where the exception is from.
    static func wrapped(
        _ status: Int, _ message: String, type: String, in module: String = "Microsoft.VisualStudio.Services.WebApi"
    ) -> ServerAnswer {
        struct Wrapped: Encodable {
            let id = "1"
            let innerException: String? = nil
            let message, typeName, typeKey: String
            let errorCode = 0
            let eventId = 3000

            enum CodingKeys: String, CodingKey {
                case id = "$id"
                case innerException, message, typeName, typeKey, errorCode, eventId
            }

            func encode(to encoder: any Encoder) throws {
                var values = encoder.container(keyedBy: CodingKeys.self)
                try values.encode(id, forKey: .id)
                try values.encodeNil(forKey: .innerException)
                try values.encode(message, forKey: .message)
                try values.encode(typeName, forKey: .typeName)
                try values.encode(typeKey, forKey: .typeKey)
                try values.encode(errorCode, forKey: .errorCode)
                try values.encode(eventId, forKey: .eventId)
            }
        }
        return json(status, Wrapped(message: message, typeName: "\(module).\(type), \(module)", typeKey: type))
    }

    /// `{count, value: {Message}}`, which ASP.NET's own refusals become.
    static func improper(_ status: Int, _ message: String) -> ServerAnswer {
        struct Improper: Encodable {
            let count = 1
            let value: [String: String]
        }
        return json(status, Improper(value: ["Message": message]))
    }

    /// `{count, value: "text"}`: a text taken for a list of its characters.
    static func text(_ status: Int, _ message: String) -> ServerAnswer {
        struct Text: Encodable {
            let count: Int
            let value: String
        }
        return json(status, Text(count: message.count, value: message))
    }

    static func json(_ status: Int, _ value: some Encodable) -> ServerAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let body = (try? encoder.encode(value)) ?? Data()
        return ServerAnswer(
            status: status, fields: [("Content-Type", "application/json; charset=utf-8")], body: Array(body))
    }

    static func html(_ status: Int, title: String) -> ServerAnswer {
        ServerAnswer(
            status: status, type: "text/html; charset=utf-8",
            "<!DOCTYPE html>\r\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\r\n")
    }
}
