import Foundation

/// The shapes in which Azure DevOps says no.
enum AzureErrors {
    /// `WrappedError`, the usual one.
    ///
    /// - Parameter module: where the exception is from.
    static func wrapped(
        _ status: Int, _ message: String, type: String, in module: String = "Microsoft.VisualStudio.Services.WebApi"
    ) -> ServerAnswer {
        wrapped(status, message, typeName: "\(module).\(type), \(module)", type: type, eventID: 3000)
    }

    private static func wrapped(
        _ status: Int, _ message: String, typeName: String, type: String, eventID: Int
    ) -> ServerAnswer {
        struct Wrapped: Encodable {
            let id = "1"
            let innerException: String? = nil
            let message, typeName, typeKey: String
            let errorCode = 0
            let eventId: Int

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
        return json(status, Wrapped(message: message, typeName: typeName, typeKey: type, eventId: eventID))
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

extension AzureErrors {
    /// A JSON value made of dictionaries, lists, texts, numbers and `NSNull`.
    static func json(_ status: Int, object: Any) -> ServerAnswer {
        let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .withoutEscapingSlashes, .sortedKeys]
        let body = (try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data()
        return ServerAnswer(
            status: status, fields: [("Content-Type", "application/json; charset=utf-8; api-version=7.1")],
            body: Array(body))
    }

    /// 400 for arguments that are not as they should be; `System.ArgumentException` is none of the service's own.
    static func argument(_ message: String, type: String = "ArgumentException") -> ServerAnswer {
        wrapped(400, message, typeName: "System.\(type), mscorlib", type: type, eventID: 0)
    }

    /// 403 for whoever is not an administrator of a service connection.
    static let notAdministrator = wrapped(
        403,
        "You need to be an organization/collection level Administrator of the service endpoint to perform this operation.",
        type: "AccessCheckException", in: "Microsoft.VisualStudio.Services.WebApi")

    /// 429 for whoever asks too much.
    ///
    /// - Parameter retryAfter: seconds.
    static func blocked(retryAfter: Int) -> ServerAnswer {
        TokenFailure.blocked.addingRateLimit(retryAfter: retryAfter)
    }

    /// 404 for a project that is not there, in the words for a name or for an id.
    static func noProject(_ asked: String) -> ServerAnswer {
        if UUID(uuidString: asked) != nil {
            return wrapped(
                404,
                "VS800075: The project with id 'vstfs:///Classification/TeamProject/\(asked)' does not exist, or you do "
                    + "not have permission to access it.",
                type: "ProjectDoesNotExistException", in: "Microsoft.TeamFoundation.Core.WebApi")
        }
        return wrapped(
            404,
            "TF200016: The following project does not exist: \(asked). Verify that the name of the project is correct "
                + "and that the project exists on the specified Azure DevOps Server.",
            type: "ProjectDoesNotExistWithNameException", in: "Microsoft.TeamFoundation.Core.WebApi")
    }
}

extension ServerAnswer {
    /// The same answer with the header fields for somebody at the limit of usage.
    ///
    /// - Parameter retryAfter: seconds.
    func addingRateLimit(retryAfter: Int) -> ServerAnswer {
        let reset = Int(Date().timeIntervalSince1970) + retryAfter
        return adding("Retry-After", String(retryAfter)).adding("X-RateLimit-Resource", "DistributedTask/Concurrency")
            .adding("X-RateLimit-Delay", "\(retryAfter).000").adding("X-RateLimit-Limit", "200")
            .adding("X-RateLimit-Remaining", "0").adding("X-RateLimit-Reset", String(reset))
    }
}
