import AWS
import Domain

/// Brings the thumbprints of an account's OIDC providers up to date.
struct ThumbprintRefresh {
    /// How many providers are looked at at once.
    private let slots = Slots(16)

    let administrator: Administrator
    let probe: ThumbprintProbe
    let filter: ProviderFilterOptions
    let isPruning: Bool
    let change: ChangeOptions
    let network: Network
    let context: Context
    let console: Console

    /// - Throws: ``ErrorReport``, also where it ends otherwise than done.
    func run() async throws {
        let iam = try administrator.iam(administrator.home, network.retrier)
        let arns = try await calling("iam:ListOpenIDConnectProviders", "*") { () throws(AWSError) in
            try await iam.openIDConnectProviders()
        }.filter(filter.admits(arn:)).sorted()
        try checkNamed(arns)
        let looked = await Fleet.run(arns, in: slots) { await look(at: $0) }.compactMap(\.self)
        let isToChange = looked.contains(where: \.isToChange)
        let isOnlyLooking = change.dryRun || change.check || !isToChange
        if isOnlyLooking || change.output == .text { try show(looked) }
        if isOnlyLooking {
            try finish(looked)
            if change.check && isToChange { throw Agreement.drift }
            return
        }
        try Agreement.ask(change, context)

        let changed = await Fleet.run(looked, in: slots) { await update($0) }
        if change.output == .json { try show(changed) }
        console.note("\(changed.count { $0.isUpdated }) of \(looked.count { $0.isToChange }) providers were updated")
        try finish(changed)
    }

    /// A provider that was named must be there.
    private func checkNamed(_ arns: [String]) throws(ErrorReport) {
        if let missing = filter.providerArn.first(where: { !arns.contains($0) && filter.admits(arn: $0) }) {
            throw ErrorReport(
                .badInput, "there is no OIDC provider \(missing) in account \(administrator.home.id)")
        }
    }

    /// - Returns: `nil` for a provider whose tags are others, or that has just been deleted.
    private func look(at arn: String) async -> ProviderThumbprints? {
        let path = arn.firstRange(of: ":oidc-provider/").map { String(arn[$0.upperBound...]) } ?? arn
        // Each has the whole time for itself: one that hangs takes none of the others'.
        let retrier = network.freshRetrier(sharing: slots)
        do {
            let iam = try administrator.iam(administrator.home, retrier)
            let provider = try await calling("iam:GetOpenIDConnectProvider", arn) { () throws(AWSError) in
                try await iam.openIDConnectProvider(arn)
            }
            guard let provider, filter.admits(tags: provider.tags) else { return nil }
            return ProviderThumbprints(
                arn: arn, path: path, result: .success(try await observe(path, provider, retrier)))
        } catch {
            return ProviderThumbprints(arn: arn, path: path, result: .failure(ErrorReport(error)))
        }
    }

    private func observe(
        _ path: String, _ provider: ProviderState, _ retrier: Retrier
    ) async throws -> ProviderThumbprints.Finding {
        let issuer: IssuerURL
        do throws(IssuerURL.ValidationError) {
            issuer = try IssuerURL(validating: "https://\(path)")
        } catch {
            throw ErrorReport(.badInput, "\(path) cannot be asked: \(ErrorReport.words(for: error))")
        }
        let observation = try await retrier.run { (limits) throws(ThumbprintFailure) in
            try await probe.observe(issuer, limits: limits)
        }
        let current = provider.thumbprints.compactMap { Thumbprint($0) }
        return ProviderThumbprints.Finding(
            observation: observation,
            update: ThumbprintUpdate(current: current, observed: observation.thumbprints, prune: isPruning))
    }

    private func update(_ provider: ProviderThumbprints) async -> ProviderThumbprints {
        guard provider.isToChange, case .success(let finding) = provider.result else { return provider }
        var provider = provider
        do {
            // Its time for looking is over.
            let iam = try administrator.iam(administrator.home, network.freshRetrier(sharing: slots))
            try await calling("iam:UpdateOpenIDConnectProviderThumbprint", provider.arn) { () throws(AWSError) in
                try await iam.updateThumbprints(finding.update.list.map(\.text), ofProvider: provider.arn)
            }
            provider.isUpdated = true
        } catch {
            provider.result = .failure(ErrorReport(error))
        }
        return provider
    }

    private func calling<Value: Sendable>(
        _ action: String, _ resource: String, _ call: () async throws(AWSError) -> Value
    ) async throws(AdminFailure) -> Value {
        do throws(AWSError) {
            return try await call()
        } catch {
            throw AdminFailure(
                action: action, resource: resource, caller: administrator.home.caller, cause: error)
        }
    }

    private func show(_ providers: [ProviderThumbprints]) throws {
        let listing = ThumbprintListing(providers)
        try context.standardOutput.write(Secret(change.output == .json ? listing.json : listing.text))
    }

    private func finish(_ providers: [ProviderThumbprints]) throws(ErrorReport) {
        let failed = providers.compactMap(\.error)
        guard let first = failed.first else { return }
        guard providers.count > 1 else { throw first }
        throw ErrorReport(
            first.code, "\(failed.count) of \(providers.count) providers failed, the first of them: \(first.message)",
            hints: first.hints)
    }
}
