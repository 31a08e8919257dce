import AzureDevOps
import Domain

/// A refusal with what it is about.
struct RotationProblem: Error {
    let refusal: RotationRefusal
    let request: RotationRequest
    let observation: RotationObservation
    /// What Azure DevOps says of the connection's last update. Foreign text: to be cleaned before it is printed.
    let connectionMessage: String?

    init(
        _ refusal: RotationRefusal, _ request: RotationRequest, _ observation: RotationObservation,
        connectionMessage: String? = nil
    ) {
        (self.refusal, self.request, self.observation) = (refusal, request, observation)
        self.connectionMessage = connectionMessage
    }
}

/// Rotations that were not begun, or did not come to their end.
extension ErrorReport {
    init(_ problem: RotationProblem) {
        let (user, connection) = (problem.request.userName, problem.request.connection)
        let describe = { (id: String) in Self.describe(id, problem.observation) }
        switch problem.refusal {
        case .foreignKey(nil):
            self.init(.badInput, "the service connection \(connection) has no access key in it")
        case .foreignKey(let key?):
            let own = problem.observation.keys.map(\.id)
            self.init(
                .badInput,
                "the service connection \(connection) holds \(ForeignText.clean(key, limit: 40)), which is no key of \(user)",
                hints: [
                    own.isEmpty ? "\(user) has no access key" : "\(user) has \(own.joined(separator: " and "))",
                    "whose it is: aws iam get-access-key-last-used --access-key-id \(ForeignText.clean(key, limit: 40))",
                ])
        case .twoActiveKeys(let current, let other):
            self.init(
                .badInput, "\(user) has two active keys, so there is no room for a new one",
                hints: [
                    "\(describe(current)), in the service connection", describe(other),
                    "where nothing uses \(other): "
                        + "aws iam update-access-key --user-name \(user) --access-key-id \(other) --status Inactive",
                    "then run it again with --replace-inactive",
                ])
        case .inactiveKey(let current, let other):
            self.init(
                .badInput, "\(user) has a second key, which is inactive, so there is no room for a new one",
                hints: [
                    "\(describe(current)), in the service connection", describe(other),
                    "--replace-inactive deletes \(other) to make room",
                ])
        case .oldKeyStillUsed(let key, let use):
            self.init(
                .badInput,
                "\(key) was replaced and is inactive, but \(use.words), after the new one had taken its place",
                hints: [
                    "something else may still be configured with it, and AWS refuses it now; or a job used the connection "
                        + "while the key was rotated",
                    "--replace-inactive deletes it all the same and goes on",
                ])
        case .pendingElsewhere(let version):
            self.init(
                .badInput,
                "another rotation of the secret \(problem.request.secretID) is under way: its AWSPENDING is version "
                    + ForeignText.clean(version, limit: 80),
                hints: ["a secret with a rotation of its own in Secrets Manager cannot be rotated by keyless too"])
        case .nothingToReturnTo:
            self.init(.badInput, "\(user) has no earlier key to go back to")
        case .secretUnknown(let key):
            self.init(
                .badInput, "\(key) is still there, but its secret is not kept in \(problem.request.secretID)",
                hints: [
                    "it was in the connection before the secret was used for it; from the next rotation on it is kept"
                ])
        case .connectionFailed:
            self.init(
                .resumable,
                "Azure DevOps could not update the service connection \(connection)"
                    + Self.words(of: problem.connectionMessage),
                hints: [
                    "AWS takes the old key and the new one, so it works with whichever it holds",
                    "run it again: it puts the new key in once more",
                ])
        }
    }

    /// What Azure DevOps says of an update, behind a colon; nothing where it says nothing.
    static func words(of message: String?) -> String {
        let text = ForeignText.clean(message ?? "", limit: 300)
        return text.isEmpty ? "" : ": \(text)"
    }

    /// `AKIA… is active, created 2026-01-01T00:00:00Z; it was last used …`
    private static func describe(_ id: String, _ observation: RotationObservation) -> String {
        guard let key = observation.key(id) else { return id }
        let use = observation.uses[id].map { $0.date == nil ? "; it was never used" : "; \($0.words)" } ?? ""
        return "\(id) is \(key.status.rawValue.lowercased()), created \(Timestamp(key.created).text)\(use)"
    }

    /// - Parameters:
    ///   - request: which rotation it was.
    ///   - manner: how it was gone about.
    init(_ failure: RotationFailure, _ request: RotationRequest, _ manner: RotationManner) {
        let step = RotationListing.words(for: failure.step, request, manner)
        let message = "\(request.title): could not \(step): \(failure.cause.message)"
        switch failure.consequence {
        case .unchanged(let wasKeyDeleted):
            let undone = wasKeyDeleted ? "the new key was deleted again; " : ""
            self.init(
                failure.cause.code == .unexpected ? .unavailable : failure.cause.code, message,
                hints: failure.cause.hints + ["\(undone)the service connection is as it was"],
                facts: failure.cause.facts)
        case .halfWay(let second):
            let why = second.map { ["it could not be undone: \($0.message)"] } ?? []
            self.init(
                .resumable, message,
                hints: failure.cause.hints + why + [
                    "the service connection works; run it again, it goes on from there"
                ],
                facts: failure.cause.facts
            )
        }
    }

    /// Whether doing the same once more may help.
    var canPass: Bool { code == .unavailable || code == .throttled }
}
