/// A refusal in AWS's own words.
struct ServiceError: Error {
    let code: String
    let message: String
    var status = 400

    static func validation(_ message: String) -> ServiceError {
        ServiceError(code: "ValidationError", message: message)
    }

    static func invalidToken(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidIdentityToken", message: message)
    }

    static func accessDenied(_ message: String) -> ServiceError {
        ServiceError(code: "AccessDenied", message: message, status: 403)
    }

    static func signature(_ message: String) -> ServiceError {
        ServiceError(code: "SignatureDoesNotMatch", message: message, status: 403)
    }

    static let unknownOperation = ServiceError(code: "UnknownOperationException", message: "")

    static let invalidClientToken = ServiceError(
        code: "InvalidClientTokenId", message: "The security token included in the request is invalid.", status: 403)

    /// What a caller without permission is told.
    static func notAuthorized(_ caller: Caller, _ action: String, on resource: String) -> ServiceError {
        accessDenied(
            "User: \(caller.arn) is not authorized to perform: \(action) on resource: \(resource) because no "
                + "identity-based policy allows the \(action) action")
    }

    static func noSuchEntity(_ message: String) -> ServiceError {
        ServiceError(code: "NoSuchEntity", message: message, status: 404)
    }

    static func invalidInput(_ message: String) -> ServiceError { ServiceError(code: "InvalidInput", message: message) }

    static func limitExceeded(_ message: String) -> ServiceError {
        ServiceError(code: "LimitExceeded", message: message, status: 409)
    }

    static func alreadyExists(_ message: String) -> ServiceError {
        ServiceError(code: "EntityAlreadyExists", message: message, status: 409)
    }

    static func deleteConflict(_ message: String) -> ServiceError {
        ServiceError(code: "DeleteConflict", message: message, status: 409)
    }

    static func malformedPolicy(_ message: String) -> ServiceError {
        ServiceError(code: "MalformedPolicyDocument", message: message)
    }
}
