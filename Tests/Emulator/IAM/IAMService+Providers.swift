import Domain
import Foundation

extension IAMService {
    func createProvider(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let text = call.parameters.required("Url", .url)
        let clientIDs = call.parameters.list("ClientIDList", .clientID)
        let thumbprints = call.parameters.list("ThumbprintList", .thumbprint)
        let tags = call.parameters.tags()
        let path = text.hasPrefix("https://") ? String(text.dropFirst("https://".count)) : ""
        let arn = call.arn("oidc-provider/\(path)")
        try call.authorize(arn)

        guard let host = path.split(separator: "/", omittingEmptySubsequences: false).first, !host.isEmpty,
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !path.contains(where: { "?#@".contains($0) }),
            !host.contains(":")
        else { throw .validation("Invalid Open ID Connect Provider URL") }
        try Self.check(thumbprints: thumbprints)
        guard clientIDs.count <= 100 else { throw Self.tooManyClientIDs }
        var provider = AWSWorld.Provider(account: call.caller.account, url: path, clientIDs: [])
        for id in clientIDs where !provider.clientIDs.contains(id) { provider.clientIDs.append(id) }
        if !thumbprints.isEmpty { provider.thumbprints = thumbprints }
        provider.tags = try IAMTags.merged(tags, into: [])
        provider.created = state.time.now()

        try withAccount(of: call) { account throws(ServiceError) in
            guard account.providers[path] == nil else {
                throw .alreadyExists("Provider with url \(text) already exists.")
            }
            guard account.providers.count < 100 else {
                throw .limitExceeded("Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100")
            }
            account.providers[path] = provider
        }
        return [XMLElement("OpenIDConnectProviderArn", arn), IAMTags.element(provider.tags)]
    }

    func getProvider(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let arn = providerARN(&call)
        let provider = try changeProvider(arn, call) { $0 }
        return [
            XMLElement("Url", provider.url), Self.members("ClientIDList", provider.clientIDs),
            Self.members("ThumbprintList", provider.thumbprints),
            XMLElement("CreateDate", provider.created.formatted(.iso8601)), IAMTags.element(provider.tags),
        ]
    }

    /// Deleting what is not there is refused; the documentation allows both.
    func deleteProvider(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let arn = providerARN(&call)
        let url = try changeProvider(arn, call) { $0.url }
        try withAccount(of: call) { $0.providers[url] = nil }
        return nil
    }

    func listProviders(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        try call.authorize(call.arn("oidc-provider/*"))
        let urls = try withAccount(of: call) { $0.providers.keys.sorted() }
        let entries = urls.map { XMLElement("member", [XMLElement("Arn", call.arn("oidc-provider/\($0)"))]) }
        return [XMLElement("OpenIDConnectProviderList", entries)]
    }

    func addClientID(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (arn, id) = (providerARN(&call), call.parameters.required("ClientID", .clientID))
        try changeProvider(arn, call) { provider throws(ServiceError) in
            guard !provider.clientIDs.contains(id) else { return }
            guard provider.clientIDs.count < 100 else { throw Self.tooManyClientIDs }
            provider.clientIDs.append(id)
        }
        return nil
    }

    func removeClientID(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (arn, id) = (providerARN(&call), call.parameters.required("ClientID", .clientID))
        try changeProvider(arn, call) { $0.clientIDs.removeAll { $0 == id } }
        return nil
    }

    func updateThumbprints(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let arn = providerARN(&call)
        let thumbprints = call.parameters.list("ThumbprintList", .thumbprint, isRequired: true)
        try changeProvider(arn, call) { provider throws(ServiceError) in
            guard !thumbprints.isEmpty else { throw .invalidInput("Thumbprint list must contain at least one entry.") }
            try Self.check(thumbprints: thumbprints)
            provider.thumbprints = thumbprints
        }
        return nil
    }

    func tagProvider(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (arn, tags) = (providerARN(&call), call.parameters.tags(isRequired: true))
        try changeProvider(arn, call) { provider throws(ServiceError) in
            provider.tags = try IAMTags.merged(tags, into: provider.tags)
        }
        return nil
    }

    func untagProvider(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (arn, keys) = (providerARN(&call), call.parameters.list("TagKeys", .tagKey, isRequired: true))
        try changeProvider(arn, call) { $0.tags = IAMTags.removing(keys, from: $0.tags) }
        return nil
    }

    func listProviderTags(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (arn, page) = (providerARN(&call), IAMPage(&call))
        let tags = try changeProvider(arn, call) { $0.tags }
        return try list("Tags", IAMTags.keyed(tags), page: page, element: IAMTags.elements)
    }

    private static let tooManyClientIDs = ServiceError.limitExceeded(
        "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100")

    private static func check(thumbprints: [String]) throws(ServiceError) {
        guard thumbprints.count <= 5 else {
            throw .invalidInput("Thumbprint list must contain fewer than 5 entries.")
        }
        guard thumbprints.allSatisfy({ $0.allSatisfy(\.isHexDigit) }) else {
            throw .invalidInput("A thumbprint must be 40 hexadecimal digits.")
        }
    }

    private func providerARN(_ call: inout IAMCall) -> String {
        call.parameters.required("OpenIDConnectProviderArn", .arn)
    }

    /// Reads or changes the provider of that ARN, where the caller may.
    @discardableResult
    private func changeProvider<Result: Sendable>(
        _ arn: String, _ call: IAMCall, _ body: (inout AWSWorld.Provider) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try call.parameters.throwViolations()
        guard let parts = AWSWorld.parts(ofARN: arn), parts.resource.hasPrefix("oidc-provider/") else {
            throw .validation("Invalid ARN:  Could not be parsed!")
        }
        try call.authorize(arn)
        guard parts.account == call.caller.account else {
            throw .accessDenied(
                "User: \(call.caller.arn) is not authorized to perform: iam:\(call.action) on resource: \(arn) because "
                    + "no resource-based policy allows the iam:\(call.action) action")
        }
        let url = String(parts.resource.dropFirst("oidc-provider/".count))
        return try withAccount(of: call) { account throws(ServiceError) in
            guard var provider = account.providers[url], arn == call.arn("oidc-provider/\(url)") else {
                throw .noSuchEntity("OpenIDConnect Provider not found for arn \(arn)")
            }
            let result = try body(&provider)
            account.providers[url] = provider
            return result
        }
    }

    static func members(_ name: String, _ values: [String]) -> XMLElement {
        XMLElement(name, values.map { XMLElement("member", $0) })
    }
}
