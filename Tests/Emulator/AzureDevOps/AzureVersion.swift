/// The `api-version` of a request.
enum AzureVersion {
    /// The answer to a version that is missing, unknown, or not called a preview though it is one; `nil` for a right one.
    ///
    /// - Parameter revision: the newest revision of the previews of this resource.
    static func refusal(of request: ServerRequest, isPreview: Bool, revision: Int = 1) -> ServerAnswer? {
        let versions = request.queryItems.filter { $0.name.lowercased() == "api-version" }.map(\.value)
        switch versions {
        case []:
            return AzureErrors.wrapped(
                400,
                "No api-version was supplied for the \"\(request.method)\" request. The version must be supplied "
                    + "either as part of the Accept header (e.g. \"application/json; api-version=1.0\") or as a query "
                    + "parameter (e.g. \"?api-version=1.0\").",
                type: "VssVersionNotSpecifiedException")
        case ["7.1"]: return isPreview ? TokenFailure.preview(of: "7.1") : nil
        case ["7.1-preview"], ["7.2-preview"]: return nil
        case _
        where versions.count == 1
            && (1...revision).contains { ["7.1-preview.\($0)", "7.2-preview.\($0)"].contains(versions[0]) }:
            return nil
        default:
            return AzureErrors.wrapped(
                400,
                "The requested REST API version of \(versions.joined(separator: ",")) is out of range for this server. "
                    + "The latest REST API version this server supports is 7.2.",
                type: "VssVersionOutOfRangeException")
        }
    }
}
