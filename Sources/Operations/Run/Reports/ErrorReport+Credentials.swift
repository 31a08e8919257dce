import AWS
import Domain
import LinuxSystem
import FoundationEssentials

/// No credentials of an administrator.
extension ErrorReport {
    init(_ error: CredentialError) {
        switch error {
        case .nothingFound(let passedOver):
            let tried = passedOver.map { "\n    \(Self.clean($0.source)): \(Self.clean($0.reason))" }
            self.init(
                .missingConfiguration, "there are no AWS credentials here",
                hints: [
                    "tried, in this order:" + tried.joined(),
                    "sign in ('aws configure sso', 'aws sso login'), then name the profile: --profile NAME",
                ])
        case .failed(let source, let failure):
            self.init(failure, at: "no credentials from \(Self.clean(source))")
        }
    }

    private init(_ failure: CredentialFailure, at place: String) {
        func report(_ code: ExitCode, _ words: String, _ hints: String...) -> ErrorReport {
            ErrorReport(code, "\(place): \(words)", hints: hints)
        }
        switch failure {
        case .incomplete(let missing):
            self = report(
                .missingConfiguration, "\(missing) is missing",
                "set \(missing) too, or take the rest away to use other credentials")
        case .misconfigured(let reason):
            self = report(.badInput, Self.clean(reason))
        case .unreadable(let path, let reason):
            self = report(.badInput, "cannot read \(Self.clean(path)): \(reason)")
        case .signInRequired(let command, let reason):
            self = report(.missingConfiguration, reason, "run: \(command)")
        case .mfaRequired(let serial):
            self = report(
                .missingConfiguration,
                "the role asks for a code of \(Self.clean(serial)), and nobody can type one here",
                "let the AWS CLI ask for it: 'aws configure export-credentials --profile NAME --format env' prints "
                    + "variables to set")
        case .process(let reason):
            self = report(.unavailable, Self.clean(reason), "its own messages, where it has some, are above")
        case .expired(let date):
            self = report(.refused, "they expired at \(Timestamp(date).text)", "get new ones, then run this again")
        case .transport(let error):
            let cause = ErrorReport(error)
            self.init(cause.code, "\(place): \(cause.message)", hints: cause.hints, facts: cause.facts)
        case .answered(let status, let message):
            let code: ExitCode = status == 429 ? .throttled : status >= 500 ? .unavailable : .refused
            self = report(code, "it answered with status \(status)" + (message.map { ": \(Self.clean($0))" } ?? ""))
        case .malformed(let reason):
            self = report(.badInput, "what it gave is not credentials: \(reason)")
        case .sts(let role, let error):
            self.init(error, role: role, at: place)
        }
    }

    private init(_ error: AWSError, role: RoleARN, at place: String) {
        let cause = Self.reason(of: error)
        guard case .service(let fault) = error else {
            self.init(
                cause.code, "\(place): no session of \(role): \(cause.message)", hints: cause.hints, facts: cause.facts)
            return
        }
        let hints =
            fault.code == "AccessDenied"
            ? ["the role's trust policy must allow whoever assumes it, with its external id where it asks for one"] : []
        self.init(
            cause.code, "\(place): STS did not give \(role): \(cause.message)", hints: hints + cause.hints,
            facts: cause.facts)
    }

    /// A profile that was named and is in neither file.
    static func noProfile(
        _ name: String, namedBy source: String, _ locations: ProfileLocations, _ names: [String]
    ) -> ErrorReport {
        let files = [locations.config, locations.credentials].compactMap(\.self).joined(separator: " or ")
        let there = names.isEmpty ? "they have no profile at all" : "there are \(names.joined(separator: ", "))"
        return ErrorReport(
            .missingConfiguration, "there is no profile \(clean(name)), which \(source) names, in \(clean(files))",
            hints: [clean(there)])
    }

    /// What became of a program, to follow its name.
    static func words(for failure: Program.Failure) -> String {
        switch failure {
        case .cannotStart(let error): "cannot be started: \(error)"
        case .ended(let code): "ended with code \(code)"
        case .timedOut(let patience): "took longer than \(patience.milliseconds / 1000) s"
        case .tooLarge(let limit): "printed more than \(limit) bytes"
        }
    }

    /// What is wrong with a line, to follow its number.
    static func words(for reason: ProfileDocument.SyntaxError.Reason) -> String {
        switch reason {
        case .unterminatedSection: "begins a section that no ] ends"
        case .outsideSection: "stands before the first section"
        case .propertyWithoutEqualsSign, .subPropertyWithoutEqualsSign: "has no ="
        case .propertyWithoutName, .subPropertyWithoutName: "has no name before its ="
        case .continuationOutsideProperty: "is indented and continues nothing"
        }
    }

    static func words(for warning: ProfileDocument.Warning, in path: String) -> String {
        let what =
            switch warning.reason {
            case .unknownSection: "its section is no profile: one is called [profile name]"
            case .needlessPrefix: "its section is no profile: in this file one is called [name]"
            case .invalidName: "its name has characters that not all tools take"
            case .invalidPropertyName: "its key has characters that not all tools take"
            case .overriddenDefault: "[profile default] takes the place of this [default]"
            }
        return "passed over line \(warning.line) of \(path): \(what)"
    }

    private static func clean(_ text: String) -> String { ForeignText.clean(text, limit: 500) }
}
