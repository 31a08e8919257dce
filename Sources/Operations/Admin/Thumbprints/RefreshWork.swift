import AWS
import Domain

/// Providers whose thumbprints are brought up to date.
struct RefreshWork: PlannedWork {
    let request: RefreshRequest
    let administrator: Administrator
    let probe: ThumbprintProbe
    let network: Network
    let console: Console

    let noun = "provider"
    /// How many providers are looked at at once.
    let slots = Slots(16)

    private var filter: ProviderFilter { request.filter }

    func look(
        then next: @escaping @Sendable (ProviderPart) async -> ProviderPart
    ) async throws -> (parts: [ProviderPart], failure: (any Error)?) {
        let iam = try administrator.iam(administrator.home, network.retrier)
        let arns = try await iam.openIDConnectProviders().filter(filter.admits(arn:)).sorted()
        try checkNamed(arns)
        let parts = await Concurrently.map(arns, in: slots) { arn -> ProviderPart? in
            guard let part = await look(at: arn) else { return nil }
            return await next(part)
        }
        return (parts.compactMap(\.self), nil)
    }

    /// A provider that was named must be there.
    private func checkNamed(_ arns: [String]) throws(ErrorReport) {
        if let missing = filter.arns.first(where: { !arns.contains($0) && filter.admits(arn: $0) }) {
            throw ErrorReport(
                .badInput, "there is no OIDC provider \(missing) in account \(administrator.home.id)")
        }
    }

    func lookAgain(at part: ProviderPart) async -> ProviderPart {
        if let present = await look(at: part.arn) { return present }
        var part = part
        part.result = .failure(
            ErrorReport(.resumable, "the OIDC provider \(part.arn) is gone, or has other tags, since the plan was made")
        )
        return part
    }

    /// - Returns: `nil` for a provider whose tags are others, or that has just been deleted.
    private func look(at arn: String) async -> ProviderPart? {
        let path = arn.firstRange(of: ":oidc-provider/").map { String(arn[$0.upperBound...]) } ?? arn
        // Each has the whole time for itself: one that hangs takes none of the others'.
        let retrier = network.freshRetrier(sharing: slots)
        do {
            let provider = try await administrator.iam(administrator.home, retrier).openIDConnectProvider(arn)
            guard let provider, filter.admits(tags: provider.tags) else { return nil }
            return ProviderPart(arn: arn, path: path, result: .success(try await look(path, provider, retrier)))
        } catch {
            return ProviderPart(arn: arn, path: path, result: .failure(ErrorReport(error)))
        }
    }

    private func look(_ path: String, _ provider: ProviderState, _ retrier: Retrier) async throws -> ProviderPart.Look {
        let issuer: IssuerURL
        do throws(IssuerURL.ValidationError) {
            issuer = try IssuerURL(validating: "https://\(path)")
        } catch {
            throw ErrorReport(.badInput, "\(path) cannot be asked: \(ErrorReport.words(for: error))")
        }
        let observation = try await probe.observe(issuer, retrier)
        let current = provider.thumbprints.compactMap { Thumbprint($0) }
        return ProviderPart.Look(
            observation: observation,
            update: ThumbprintUpdate(current: current, observed: observation.thumbprints, prune: request.isPruning))
    }

    func apply(_ part: ProviderPart) async -> ProviderPart {
        guard case .success(let look) = part.result else { return part }
        var part = part
        part.isTried = true
        do {
            // Its time for looking is over.
            let iam = try administrator.iam(administrator.home, network.freshRetrier(sharing: slots))
            // The list is replaced as a whole, and IAM has no condition for that.
            let present = try await iam.openIDConnectProvider(part.arn)?.thumbprints.compactMap { Thumbprint($0) }
            guard present == look.update.current else { throw ChangedMeanwhile(what: "the OIDC provider \(part.arn)") }
            try await iam.updateThumbprints(look.update.list.map(\.text), ofProvider: part.arn)
            part.isUpdated = true
        } catch {
            part.result = .failure(ErrorReport(error))
        }
        return part
    }

    func text(of parts: [ProviderPart], isResult: Bool) -> String? {
        // Where all went well the plan has said it already.
        isResult && parts.allSatisfy { $0.error == nil } ? nil : ThumbprintListing(parts).text
    }

    func json(of parts: [ProviderPart]) -> String { ThumbprintListing(parts).json }

    func conclude(_ parts: [ProviderPart]) {
        let tried = parts.filter(\.isTried)
        console.note("\(tried.count(where: \.isUpdated)) of \(tried.count) providers were updated")
    }
}
