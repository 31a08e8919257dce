import Domain
import Testing

@testable import AzureDevOps

/// An answer of the service and what it must be understood as.
struct ServiceAnswer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int
    var fields: [(name: String, value: String)] = []
    let body: Secret
    var forConnection = true
    let error: OIDCTokenError
    var advice = RetryAdvice.never

    init(
        _ name: String, _ status: Int, _ fields: [(name: String, value: String)] = [], _ body: String = "",
        forConnection: Bool = true, is error: OIDCTokenError, advice: RetryAdvice = .never
    ) {
        (testDescription, self.status, self.fields, self.body) = (name, status, fields, Secret(body))
        (self.forConnection, self.error, self.advice) = (forConnection, error, advice)
    }

    static let accessToken = "eyJ0eXAiOiJKV1QifQ.eyJhY2Nlc3MiOiJob2xkZXIifQ.c2lnbmVkLWJ5LWF6dXJl"
    static let minted = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwOi8vY29udG9zbyJ9.bWludGVkLWZvci10aGUtam9i"
    static let connection = "c0ffee00-0000-4000-8000-000000000001"

    /// The usual shape of an error.
    static func wrapped(_ message: String, type: String = "X") -> String {
        """
        {"$id":"1","innerException":null,"message":"\(message)","typeName":"A.\(type), A","typeKey":"\(type)",\
        "errorCode":0,"eventId":3000}
        """
    }

    private static let page = "<!DOCTYPE html>\r\n<html><head><title>Sign In</title></head></html>"
    private static let moved = #"<html><head><title>Object moved</title></head><body><h2>Object moved to <a href="x">"#
    private static let noReference =
        "There is no explicit reference to service connection \(connection) from current "
        + "stage Deploy.Publish.__default."
    private static let activity = "b5d2b0a1-3c1f-4f7e-9b5f-0d7f3f1a2c3d"

    /// Of a service connection: decided by what the body says, whatever the status.
    static let ofConnections: [ServiceAnswer] = {
        guard let id = ServiceConnectionID(connection) else { return [] }
        let list = #"{"count":151,"value":"\#(noReference)"}"#
        let referenced = OIDCTokenError.connectionNotReferenced(id, place: "Deploy.Publish.__default")
        let unknown = "No service connection found with identifier \(connection)."
        let statuses = [200, 203, 400, 401, 403, 404, 500]
        return statuses.map { ServiceAnswer("not referenced, \($0)", $0, [], list, is: referenced) } + [
            ServiceAnswer("not referenced, wrapped", 403, [], wrapped(noReference), is: referenced),
            ServiceAnswer("not referenced, text", 500, [], noReference, is: referenced),
            ServiceAnswer(
                "not referenced, nowhere", 400, [],
                #"{"count":1,"value":"no explicit reference to service connection x"}"#,
                is: .connectionNotReferenced(id, place: nil)),
            ServiceAnswer("unknown, wrapped", 404, [], wrapped(unknown), is: .connectionUnknown(id)),
            ServiceAnswer(
                "unknown, improper", 400, [], #"{"count":1,"value":{"Message":"\#(unknown)"}}"#,
                is: .connectionUnknown(id)),
            ServiceAnswer("unknown, text", 404, [("content-type", "text/plain")], unknown, is: .connectionUnknown(id)),
        ]
    }()

    /// Those that another try would not change.
    static let lasting: [ServiceAnswer] = [
        ServiceAnswer(
            "401 with TF400813", 401, [("x-vss-e2eid", activity)],
            wrapped("TF400813: The user 'aaaa' is not authorized to access this resource."),
            is: .accessTokenRefused(activityID: activity)),
        ServiceAnswer("401, empty", 401, is: .accessTokenRefused(activityID: nil)),
        ServiceAnswer("401 with a page", 401, [], page, is: .accessTokenRefused(activityID: nil)),
        ServiceAnswer(
            "401, activity that is none", 401, [("x-vss-e2eid", accessToken)], is: .accessTokenRefused(activityID: nil)),
        ServiceAnswer(
            "302 to the sign-in page", 302,
            [("location", "https://spsprodcus3.vssps.visualstudio.com/_signin?realm=x")],
            moved, is: .signInPage),
        ServiceAnswer("307", 307, is: .signInPage),
        ServiceAnswer("203 with a page", 203, [("content-type", "text/html")], page, is: .signInPage),
        ServiceAnswer("200 with a page", 200, [], "\u{FEFF}  " + page, is: .signInPage),
        ServiceAnswer("200 with what was moved", 200, [], moved, is: .signInPage),
        ServiceAnswer("403", 403, [], wrapped("TF50309: no"), is: .forbidden(message: "TF50309: no")),
        ServiceAnswer("403, empty", 403, is: .forbidden(message: nil)),
        ServiceAnswer("404, bare", 404, is: .notFound),
        ServiceAnswer("404 with a page", 404, [], page, is: .notFound),
        ServiceAnswer("404 with white space", 404, [], " \r\n", is: .notFound),
        ServiceAnswer(
            "404 with a message", 404, [], wrapped("TF200016: no project"),
            is: .unexpected(status: 404, message: "TF200016: no project")),
        ServiceAnswer(
            "405", 405, [],
            #"{"count":1,"value":{"Message":"The requested resource does not support http method 'GET'."}}"#,
            is: .unexpected(status: 405, message: "The requested resource does not support http method 'GET'.")),
        ServiceAnswer("400, wrapped", 400, [], wrapped("no"), is: .unexpected(status: 400, message: "no")),
        ServiceAnswer(
            "400, byte order mark", 400, [], "\u{FEFF}" + wrapped("no"), is: .unexpected(status: 400, message: "no")),
        ServiceAnswer(
            "400, upper-case Message", 400, [], #"{"Message":"no"}"#, is: .unexpected(status: 400, message: "no")),
        ServiceAnswer(
            "400, text value", 400, [], #"{"count":2,"value":"no"}"#, is: .unexpected(status: 400, message: "no")),
        ServiceAnswer(
            "400, text", 400, [("content-type", "text/plain")], "no\r\n",
            is: .unexpected(status: 400, message: "no\r\n")),
        ServiceAnswer("400, text with a mark", 400, [], "\u{FEFF}no", is: .unexpected(status: 400, message: "no")),
        ServiceAnswer("400, other JSON", 400, [], #"{"error":"no"}"#, is: .unexpected(status: 400, message: nil)),
        ServiceAnswer("400, broken JSON", 400, [], #"{"message":"no"#, is: .unexpected(status: 400, message: nil)),
        ServiceAnswer(
            "400, number", 400, [], #"{"message":7,"value":[1]}"#, is: .unexpected(status: 400, message: nil)),
        ServiceAnswer("418, empty", 418, is: .unexpected(status: 418, message: nil)),
        ServiceAnswer("200, empty", 200, is: .malformedAnswer(reason: "it is empty")),
        ServiceAnswer("204", 204, is: .malformedAnswer(reason: "it is empty")),
        ServiceAnswer("200 without a token", 200, [], "{}", is: .malformedAnswer(reason: "it has no oidcToken")),
        ServiceAnswer(
            "200, null", 200, [], #"{"oidcToken":null}"#, is: .malformedAnswer(reason: "it has no oidcToken")),
        ServiceAnswer(
            "200, empty token", 200, [], #"{"oidcToken":" "}"#,
            is: .malformedAnswer(reason: "it has no oidcToken")),
        ServiceAnswer(
            "200, number", 200, [], #"{"oidcToken":7}"#, is: .malformedAnswer(reason: "it has no oidcToken")),
        ServiceAnswer("200, bare token", 200, [], minted, is: .malformedAnswer(reason: "it has no oidcToken")),
        ServiceAnswer(
            "201 with a token", 201, [], #"{"oidcToken":"a.b.c"}"#,
            is: .malformedAnswer(reason: "it has no oidcToken")),
        ServiceAnswer(
            "a connection's message where none was asked for", 404, [],
            wrapped("No service connection found with identifier x"),
            forConnection: false, is: .unexpected(status: 404, message: "No service connection found with identifier x")
        ),
    ]

    /// Those that may pass.
    static let passing: [ServiceAnswer] = [
        ServiceAnswer("429", 429, [], wrapped("TF400733"), is: .throttled(after: nil), advice: .throttled(after: nil)),
        ServiceAnswer(
            "429 with Retry-After", 429, [("retry-after", "17")], is: .throttled(after: .seconds(17)),
            advice: .throttled(after: .seconds(17))),
        ServiceAnswer(
            "429 with a date", 429, [("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], is: .throttled(after: nil),
            advice: .throttled(after: nil)),
        ServiceAnswer(
            "429 with nonsense", 429, [("retry-after", "99999999999999999999")], is: .throttled(after: nil),
            advice: .throttled(after: nil)),
        ServiceAnswer(
            "503 with Retry-After", 503, [("retry-after", "3")], is: .throttled(after: .seconds(3)),
            advice: .throttled(after: .seconds(3))),
        ServiceAnswer("503", 503, [], page, is: .serviceFailed(status: 503, message: nil), advice: .transient),
        ServiceAnswer(
            "500", 500, [], wrapped("oh"), is: .serviceFailed(status: 500, message: "oh"), advice: .transient),
        ServiceAnswer("408", 408, is: .serviceFailed(status: 408, message: nil), advice: .transient),
        ServiceAnswer("599", 599, is: .serviceFailed(status: 599, message: nil), advice: .transient),
    ]
}
