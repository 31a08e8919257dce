import Domain

extension AWSConnection {
    /// Calls an operation of the query protocol.
    ///
    /// - Returns: the answer's root, `<Action>Response`; what the operation returns is in its `<Action>Result`.
    func call(
        _ form: QueryForm, credentials: SessionCredentials?, limits: HTTPLimits
    ) async throws(AWSError) -> XMLElement {
        let request = HTTPRequest(
            .post, endpoint.url, fields: [HTTPField("Content-Type", QueryForm.contentType)], body: form.body,
            limits: limits)
        let response = try await send(
            request, operation: form.action, credentials: credentials, withholding: [form.token].compactMap(\.self))
        let root: XMLElement
        do { root = try XMLReader.read(response.body) } catch {
            throw .malformedAnswer(operation: form.action, reason: "it is not the XML that was expected")
        }
        guard root.name == "\(form.action)Response" else {
            throw .malformedAnswer(operation: form.action, reason: "it is no \(form.action)Response")
        }
        return root
    }
}
