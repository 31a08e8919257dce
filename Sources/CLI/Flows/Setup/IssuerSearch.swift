import AzureDevOps
import Domain

/// Finds out which issuer the organisation's tokens come from, from what the admin has.
struct IssuerSearch {
    private let options: OrganizationOptions
    private let context: Context
    private let network: Network
    private let console: Console

    init(_ options: OrganizationOptions, _ context: Context, _ network: Network, _ console: Console) {
        (self.options, self.context, self.network, self.console) = (options, context, network, console)
    }

    /// - Throws: ``ErrorReport`` with what to give.
    func issuer() async throws(ErrorReport) -> IssuerURL {
        let guid: String
        if let text = options.organizationId {
            guid = try Self.guid(text, "--organization-id")
        } else if let path = options.webIdentityTokenFile {
            return try issuer(ofTokenIn: path)
        } else if let address = OrganizationAddress(options.organization, context),
            !(address.isOwn && context.variable("SYSTEM_COLLECTIONID") != nil)
        {
            guid = try await ask(address)
        } else if let text = context.variable("SYSTEM_COLLECTIONID") {
            guid = try Self.guid(text, "SYSTEM_COLLECTIONID")
        } else {
            throw ErrorReport(
                .missingConfiguration, "which Azure DevOps organisation?",
                hints: [
                    "by name, with a personal access token in AZURE_DEVOPS_EXT_PAT: --organization NAME",
                    "by its GUID, which a pipeline has in SYSTEM_COLLECTIONID: --organization-id GUID",
                ])
        }
        guard let url = try? IssuerURL(validating: "https://vstoken.dev.azure.com/\(guid)") else {
            throw ErrorReport(.unexpected, "no issuer can be made of \(guid)")
        }
        return url
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

    private func issuer(ofTokenIn path: String) throws(ErrorReport) -> IssuerURL {
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

    /// Asks Azure DevOps for the GUID, and for the project that subjects are made of.
    private func ask(_ address: OrganizationAddress) async throws(ErrorReport) -> String {
        guard let credential = AzureDevOpsCredential(context.environment) else {
            throw ErrorReport(
                .missingConfiguration, "the organisation's GUID is not known, and there is nothing to ask for it with",
                hints: [
                    "put a personal access token of \(address.name), of any scope, into AZURE_DEVOPS_EXT_PAT",
                    "or name the GUID itself, SYSTEM_COLLECTIONID in its pipelines: --organization-id GUID",
                ])
        }
        console.detail("asking \(address.url.host) for the GUID of \(address.name)")
        let client = OrganizationClient(http: network.http, organization: address.url)
        do throws(OrganizationError) {
            return try await network.retrier.run { (limits) throws(OrganizationError) in
                try await client.organizationID(credential, limits: limits)
            }
        } catch {
            throw ErrorReport(error, organization: address.name)
        }
    }
}
