import AzureDevOps
import Domain
import LinuxSystem

/// Which issuer the organisation's tokens come from, by what the admin has.
enum IssuerSource: Sendable {
    case known(IssuerURL)
    /// Azure DevOps is asked for the organisation's GUID.
    case asked(OrganizationAddress, AzureDevOpsCredential)

    /// - Parameter address: the organisation that is named, or the pipeline's own.
    /// - Throws: ``ErrorReport`` with what to give.
    init(
        _ settings: OrganizationSettings, _ address: OrganizationAddress?, _ context: Context
    ) throws(ErrorReport) {
        let own = context.variable("SYSTEM_COLLECTIONID")
        if let text = settings.id {
            self = .known(try Self.issuer(ofOrganization: try Self.guid(text, "--organization-id")))
        } else if let path = settings.webIdentityTokenFile {
            self = .known(try Self.issuer(ofTokenIn: path))
        } else if let address, !(address.isOwn && own != nil) {
            self = .asked(address, try Self.credential(for: address, context))
        } else if let own {
            self = .known(try Self.issuer(ofOrganization: try Self.guid(own, "SYSTEM_COLLECTIONID")))
        } else {
            throw ErrorReport(
                .missingConfiguration, "which Azure DevOps organisation?",
                hints: [
                    "by name, with a personal access token in AZURE_DEVOPS_EXT_PAT: --organization NAME",
                    "by its GUID, which a pipeline has in SYSTEM_COLLECTIONID: --organization-id GUID",
                ])
        }
    }

    /// - Throws: ``ErrorReport`` if Azure DevOps does not tell.
    func issuer(_ network: Network, _ console: Console) async throws(ErrorReport) -> IssuerURL {
        switch self {
        case .known(let issuer): return issuer
        case .asked(let address, let credential):
            console.detail("asking \(address.url.host) for the GUID of \(address.name)")
            let client = OrganizationClient(
                http: network.http, organization: address.url, retrier: { network.retrier })
            let id: String
            do throws(OrganizationError) {
                id = try await client.organizationID(credential)
            } catch {
                throw ErrorReport(error, organization: address.name)
            }
            return try Self.issuer(ofOrganization: id)
        }
    }

    /// Azure DevOps's own issuer of an organisation's tokens.
    ///
    /// - Parameter id: the organisation's GUID.
    static func issuer(ofOrganization id: String) throws(ErrorReport) -> IssuerURL {
        guard let issuer = try? IssuerURL(validating: "https://vstoken.dev.azure.com/\(id)") else {
            throw ErrorReport(.unexpected, "no issuer can be made of \(id)")
        }
        return issuer
    }

    /// A GUID, or the name of the resource group that Azure bills the organisation by.
    private static func guid(_ text: String, _ source: String) throws(ErrorReport) -> String {
        let prefix = "visualstudioonline-"
        var digits = text.lowercased()
        if digits.hasPrefix(prefix) { digits.removeFirst(prefix.count) }
        if digits.count == 32 {
            let ends = [8, 12, 16, 20, 32]
            digits = zip([0] + ends, ends).map { start, end in
                String(digits.dropFirst(start).prefix(end - start))
            }.joined(separator: "-")
        }
        guard GUID.isValid(digits) else {
            throw ErrorReport(
                .usage, "\(source) is not an organisation's GUID: \(ForeignText.clean(text, limit: 80))",
                hints: [
                    "it has 32 hexadecimal digits, and is not the organisation's name: that goes with --organization"
                ])
        }
        guard digits.contains(where: { $0 != "0" && $0 != "-" }) else {
            throw ErrorReport(
                .usage,
                "\(source) is all zeros: that is what an organisation without an Entra tenant has for a tenant's GUID",
                hints: ["the organisation's own GUID is SYSTEM_COLLECTIONID in its pipelines"])
        }
        return digits
    }

    private static func issuer(ofTokenIn path: String) throws(ErrorReport) -> IssuerURL {
        let contents = try FileSystem.read(path, named: "token")
        let token: JSONWebToken
        do throws(JSONWebToken.ParseError) {
            token = try JSONWebToken(contents.trimmed())
        } catch {
            throw ErrorReport(.badInput, "\(path) has no token in it: \(ErrorReport.words(for: error))")
        }
        do throws(IssuerURL.ValidationError) {
            return try IssuerURL(validating: token.claims.issuer)
        } catch {
            throw ErrorReport(
                .badInput,
                "the issuer of the token in \(path) cannot be an IAM OIDC provider: \(ErrorReport.words(for: error))")
        }
    }

    private static func credential(
        for address: OrganizationAddress, _ context: Context
    ) throws(ErrorReport) -> AzureDevOpsCredential {
        if let credential = AzureDevOpsCredential(context.environment) { return credential }
        throw ErrorReport(
            .missingConfiguration, "the organisation's GUID is not known, and there is nothing to ask for it with",
            hints: [
                "put a personal access token of \(address.name), of any scope, into AZURE_DEVOPS_EXT_PAT",
                "or name the GUID itself, SYSTEM_COLLECTIONID in its pipelines: --organization-id GUID",
            ])
    }
}
