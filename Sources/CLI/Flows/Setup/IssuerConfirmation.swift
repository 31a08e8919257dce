import AzureDevOps
import Domain

/// Looks whether an issuer is one, before accounts are told to trust it.
struct IssuerConfirmation {
    private let probe: ThumbprintProbe
    private let network: Network
    private let console: Console

    init(_ probe: ThumbprintProbe, _ network: Network, _ console: Console) {
        (self.probe, self.network, self.console) = (probe, network, console)
    }

    /// The thumbprints that AWS would look at; none where it trusts the issuer's certificates anyway.
    ///
    /// - Parameter organization: whose issuer it is, where that is known.
    /// - Throws: ``ErrorReport``
    func thumbprints(
        of issuer: IssuerURL, organization: OrganizationAddress?
    ) async throws(ErrorReport) -> [Thumbprint] {
        let observation: ThumbprintObservation
        do throws(ThumbprintFailure) {
            observation = try await network.retrier.run { (limits) throws(ThumbprintFailure) in
                try await probe.observe(issuer, limits: limits)
            }
        } catch {
            throw await report(error, issuer, organization)
        }
        for line in observation.words { console.detail(line) }
        return observation.isUsedByAWS ? observation.thumbprints : []
    }

    private func report(
        _ failure: ThumbprintFailure, _ issuer: IssuerURL, _ organization: OrganizationAddress?
    ) async -> ErrorReport {
        let report = ErrorReport(failure)
        var hints = report.hints
        var code = report.code
        if case .azureDevOps(let id)? = Issuer(issuer.text), failure.meansNoSuchIssuer {
            code = .badInput
            hints = ["no organisation has the GUID \(id)"]
            if await isTenant(id, organization) {
                hints = [
                    "\(id) is the GUID of the Entra tenant, and the organisation has one of its own",
                    "--organization NAME asks for it, and pipelines have it in SYSTEM_COLLECTIONID",
                ]
            }
        }
        return ErrorReport(
            code, "the issuer \(issuer) could not be confirmed: \(report.message)",
            hints: hints + ["--offline goes on without asking it"])
    }

    /// Whether the GUID is a tenant's: the organisation's own, or else one that Entra knows.
    private func isTenant(_ id: String, _ organization: OrganizationAddress?) async -> Bool {
        let limits = HTTPLimits(total: min(.seconds(5), network.retrier.deadline.remaining(of: network.time)))
        if let organization {
            let client = OrganizationClient(http: network.http, organization: organization.url)
            if await client.tenantID(limits: limits) == id { return true }
        }
        guard let entra = try? IssuerURL(validating: "https://login.microsoftonline.com/\(id)/v2.0") else {
            return false
        }
        return (try? await probe.observe(entra, limits: limits)) != nil
    }
}

extension ThumbprintFailure {
    /// Whether a host answered that it has no such issuer.
    fileprivate var meansNoSuchIssuer: Bool {
        switch self {
        case .status(400..<500, _), .document: true
        default: false
        }
    }
}
