/// Every way in which `oidctoken` is known to fail, to be planned as a ``Fault`` whatever the request was.
///
/// What a wrong request brings about by itself (``AzureDevOpsService``) comes in the same shapes.
package enum TokenFailure: String, Sendable, CaseIterable {
    /// 401 with JSON: the access token is wrong, and redirects were suppressed.
    case unauthorized
    /// 302 to the sign-in page: the same without `X-TFS-FedAuthRedirect: Suppress`.
    case signInRedirect = "sign-in-redirect"
    /// 203 with the sign-in page itself.
    case signInPage = "sign-in-page"
    /// 400: this version of the interface is a preview.
    case previewVersion = "preview-version"
    /// 405, as for GET.
    case methodNotAllowed = "method-not-allowed"
    /// 404 with a text that names the connection.
    case unknownConnection = "unknown-connection"
    /// The job does not name the connection.
    case unreferencedConnection = "unreferenced-connection"
    /// 404 without a body: the job is not one that may ask.
    case notFound = "not-found"
    /// 429 with `Retry-After: 1`.
    case throttled
    /// 500 with a `WrappedError`.
    case serverError = "server-error"
    /// 503 with HTML, as a gateway says it.
    case unavailable
    /// 200 with nothing in it.
    case emptyBody = "empty-body"
    /// 200 with HTML.
    case html
    /// 200 with JSON that has no `oidcToken`.
    case missingToken = "missing-token"
    /// 200 with a token that is null.
    case nullToken = "null-token"
    /// 200 with two megabytes of token.
    case oversized
    /// The right answer behind a UTF-8 byte order mark.
    case byteOrderMark = "byte-order-mark"
    /// 401 with JSON behind a byte order mark.
    case unauthorizedByteOrderMark = "unauthorized-byte-order-mark"

    package var fault: Fault {
        switch self {
        case .byteOrderMark: .rewrite(Self.markingByteOrder)
        default: .answer(answer)
        }
    }

    /// The answer as such.
    var answer: ServerAnswer {
        switch self {
        case .unauthorized:
            AzureErrors.wrapped(
                401,
                "TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' is not authorized to access this resource.",
                type: "UnauthorizedRequestException")
        case .signInRedirect: Self.redirect(to: "/_signin?realm=dev.azure.com&reply_to=%2F")
        case .signInPage: AzureErrors.html(203, title: "Azure DevOps Services | Sign In")
        case .previewVersion: Self.preview(of: "7.1")
        case .methodNotAllowed: Self.notAllowed("GET")
        case .unknownConnection: Self.unknown("00000000-0000-0000-0000-000000000000")
        case .unreferencedConnection:
            Self.unreferenced("00000000-0000-0000-0000-000000000000", by: "Production.Publish", status: 400)
        case .notFound: ServerAnswer(status: 404)
        case .throttled: Self.blocked.adding("Retry-After", "1")
        case .serverError:
            AzureErrors.wrapped(500, "TF400898: An Internal Error Occurred.", type: "VssServiceException")
        case .unavailable: AzureErrors.html(503, title: "The service is unavailable.")
        case .emptyBody: ServerAnswer(status: 200, fields: [("Content-Type", "application/json; charset=utf-8")])
        case .html: AzureErrors.html(200, title: "Azure DevOps Services")
        case .missingToken: AzureErrors.json(200, ["count": 0])
        case .nullToken: AzureErrors.json(200, ["oidcToken": String?.none])
        case .oversized: AzureErrors.json(200, ["oidcToken": String(repeating: "A", count: 2 << 20)])
        case .byteOrderMark: Self.markingByteOrder(AzureErrors.json(200, ["oidcToken": ""]))
        case .unauthorizedByteOrderMark: Self.markingByteOrder(TokenFailure.unauthorized.answer)
        }
    }

    /// What is said to whoever asks too much, without the header fields that go with it.
    static var blocked: ServerAnswer {
        AzureErrors.wrapped(
            429, "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource.",
            type: "RequestBlockedException")
    }

    static func redirect(to location: String) -> ServerAnswer {
        AzureErrors.html(302, title: "Object moved").adding("Location", location)
    }

    static func preview(of version: String) -> ServerAnswer {
        AzureErrors.wrapped(
            400,
            "The requested version \"\(version)\" of the resource is under preview. The -preview flag must be "
                + "supplied in the api-version for such requests. For example: \"\(version)-preview\"",
            type: "VssInvalidPreviewVersionException")
    }

    static func notAllowed(_ method: String, but allowed: String = "POST") -> ServerAnswer {
        AzureErrors.improper(405, "The requested resource does not support http method '\(method)'.")
            .adding("Allow", allowed)
    }

    static func unknown(_ connection: String) -> ServerAnswer {
        ServerAnswer(
            status: 404, type: "text/plain; charset=utf-8",
            "No service connection found with identifier \(connection)")
    }

    static func unreferenced(_ connection: String, by job: String, status: Int) -> ServerAnswer {
        AzureErrors.text(
            status,
            "There is no explicit reference to service connection \(connection) from current stage \(job).__default.")
    }

    private static func markingByteOrder(_ answer: ServerAnswer) -> ServerAnswer {
        var answer = answer
        answer.body = [0xEF, 0xBB, 0xBF] + answer.body
        return answer
    }
}

extension ServerAnswer {
    /// The same answer with one more header field.
    func adding(_ name: String, _ value: String) -> ServerAnswer {
        var answer = self
        answer.fields.append((name, value))
        return answer
    }
}
