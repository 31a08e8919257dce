import Domain

/// An Azure DevOps organisation's name, and where it is asked about.
struct OrganizationAddress: Sendable {
    /// As it stands in the subjects of tokens.
    let name: String
    /// `https://dev.azure.com/contoso`
    let url: HTTPURL
    /// Whether it is the one this job runs in.
    let isOwn: Bool

    /// - Parameter name: the one the user named; without it the pipeline's own.
    /// - Returns: `nil` where nobody named one, or its name is none.
    init?(_ named: String?, _ context: Context) {
        let own = context.variable("SYSTEM_COLLECTIONURI").flatMap { try? HTTPURL($0) }
        let ownName = own.flatMap { url in
            // https://contoso.visualstudio.com/ is how organisations of before 2018 are addressed.
            url.path.split(separator: "/").last.map(String.init)
                ?? url.host.firstRange(of: ".visualstudio.com").map { String(url.host[..<$0.lowerBound]) }
        }
        guard let name = named ?? ownName.flatMap(PercentEncoding.decode) else { return nil }
        self.name = name
        isOwn = named == nil || named?.lowercased() == ownName?.lowercased()
        if isOwn, let own {
            url = own
        } else if let url = try? HTTPURL("https://dev.azure.com/\(PercentEncoding.encode(name))") {
            self.url = url
        } else {
            return nil
        }
    }
}
