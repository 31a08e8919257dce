import Domain

/// Calls AWS IAM (API version 2010-05-08) as one principal, in that principal's account. What can pass is tried again
/// within the session's deadline, so a creation whose answer was lost may come to `EntityAlreadyExists`.
///
/// All methods throw ``AWSError``.
package struct IAMClient: Sendable {
    private static let version = "2010-05-08"

    private let service: SignedService

    /// - Parameters:
    ///   - session: whose account it is.
    ///   - endpoint: from ``EndpointRules``.
    package init(_ session: AWSSession, endpoint: Endpoint) {
        service = SignedService(.iam, at: endpoint, as: session)
    }

    /// Something of this account's, as a policy names it.
    func arn(_ resource: String) -> String {
        ARN.iam(service.session.identity.partition, service.session.identity.account, resource).text
    }

    /// An error of an answer that lacks what it should hold.
    func malformed(_ operation: String, on resource: String, _ reason: String) -> AWSError {
        .malformedAnswer(service.call(named: operation, on: resource), reason: reason)
    }

    /// Calls an operation with these parameters; those without a value are left out.
    ///
    /// - Parameter resource: what it is about, as a policy names it.
    /// - Returns: the `<Action>Result`, or the whole answer of an operation that returns nothing.
    @discardableResult
    func call(
        _ action: String, on resource: String, _ parameters: [(String, String?)],
        repetition: SignedService.Repetition = .ofFailures
    ) async throws(AWSError) -> XMLElement {
        var form = QueryForm(action: action, version: Self.version)
        for (name, value) in parameters { form.append(name, value.map { Secret($0) }) }
        let answer = try await service.call(form, on: resource, repetition: repetition)
        return answer.first("\(action)Result") ?? answer
    }

    /// The same, and `nil` where what is asked about does not exist.
    func find(
        _ action: String, on resource: String, _ parameters: [(String, String?)]
    ) async throws(AWSError) -> XMLElement? {
        do throws(AWSError) {
            return try await call(action, on: resource, parameters)
        } catch .service(let fault) where fault.code == "NoSuchEntity" {
            return nil
        }
    }

    /// Calls an operation until the list at `path` of its result is whole.
    func list(
        _ action: String, on resource: String, _ parameters: [(String, String?)] = [], path: String
    ) async throws(AWSError) -> [XMLElement] {
        var members: [XMLElement] = []
        var marker: String?
        repeat {
            let page = try await call(action, on: resource, parameters + [("Marker", marker)])
            members += page.first(path)?.children ?? []
            let next = page.string(at: "IsTruncated") == "true" ? page.string(at: "Marker") : nil
            // A service that never ends its list would keep us for ever.
            guard next == nil || next != marker else { break }
            marker = next
        } while marker != nil
        return members
    }

    /// The parameters of a list of texts.
    static func members(_ name: String, _ values: [String]) -> [(String, String?)] {
        values.enumerated().map { ("\(name).member.\($0.offset + 1)", $0.element) }
    }

    /// The parameters of tags, by their keys' order.
    static func members(_ tags: [String: String]) -> [(String, String?)] {
        tags.sorted { $0.key < $1.key }.enumerated().flatMap { index, tag in
            [("Tags.member.\(index + 1).Key", tag.key), ("Tags.member.\(index + 1).Value", tag.value)]
        }
    }
}

extension XMLElement {
    /// The texts of the elements in the list at `path`.
    func strings(at path: String) -> [String] { (first(path)?.children ?? []).map(\.text.exposedText) }

    /// A list of tags.
    func tags(at path: String) -> [String: String] {
        let pairs = (first(path)?.children ?? []).compactMap { tag in
            tag.string(at: "Key").map { ($0, tag.string(at: "Value") ?? "") }
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
