import AzureDevOps
import Domain

/// Looks whether an issuer is one, before accounts are told to trust it.
struct IssuerConfirmation {
    private let probe: ThumbprintProbe
    private let network: Network

    init(_ probe: ThumbprintProbe, _ network: Network) { (self.probe, self.network) = (probe, network) }

    /// What was found, and the thumbprints that AWS would look at; none if it trusts the issuer's certificates anyway.
    ///
    /// - Parameter organization: whose issuer it is, if that is known.
    func look(
        at issuer: IssuerURL, of organization: OrganizationAddress?
    ) async -> (findings: [Finding], thumbprints: [Thumbprint]) {
        let observation: ThumbprintObservation
        do throws(ThumbprintFailure) {
            observation = try await probe.observe(issuer, network.retrier)
        } catch {
            return ([await finding(error, issuer, organization)], [])
        }
        let notes = observation.words.map { Finding(.issuerCertificates, .note, issuer.text, $0) }
        return (notes, observation.isUsedByAWS ? observation.thumbprints : [])
    }

    private func finding(
        _ failure: ThumbprintFailure, _ issuer: IssuerURL, _ organization: OrganizationAddress?
    ) async -> Finding {
        let report = ErrorReport(failure)
        var (rule, hints) = (Self.rule(for: failure), report.hints)
        if case .azureDevOps(let id)? = Issuer(issuer.text), failure.meansNoSuchIssuer {
            (rule, hints) = (.organizationUnknown, ["no organisation has the GUID \(id)"])
            if await isTenant(id, organization) {
                rule = .organizationIsTenant
                hints = [
                    "\(id) is the GUID of the Entra tenant, and the organisation has one of its own",
                    "--organization NAME asks for it, and pipelines have it in SYSTEM_COLLECTIONID",
                ]
            }
        }
        return Finding(
            rule, .error, issuer.text, "the issuer \(issuer) could not be confirmed: \(report.message)",
            evidence: report.facts, advice: hints + ["--offline goes on without asking it"])
    }

    private static func rule(for failure: ThumbprintFailure) -> Finding.Rule {
        switch failure {
        case .transport, .untrusted, .status, .certificates: .issuerUnreachable
        case .document, .noKeys: .issuerInvalid
        }
    }

    /// Whether the GUID is a tenant's: the organisation's own, or else one that Entra knows.
    private func isTenant(_ id: String, _ organization: OrganizationAddress?) async -> Bool {
        let limits = HTTPLimits(total: min(.seconds(5), network.retrier.deadline.remaining(of: network.time)))
        if let organization {
            let client = OrganizationClient(
                http: network.http, organization: organization.url, retrier: { network.retrier })
            if await client.tenantID(limits: limits) == id { return true }
        }
        guard let entra = try? IssuerURL(validating: "https://login.microsoftonline.com/\(id)/v2.0") else {
            return false
        }
        return (try? await probe.observeOnce(entra, limits: limits)) != nil
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
