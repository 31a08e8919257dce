import Domain
import FoundationEssentials

extension ErrorReport {
    /// The token is whole and not the one to send to AWS. Nothing was sent.
    init(_ refusal: TokenRefusal) {
        switch refusal {
        case .unknownIssuer(let found):
            self.init(
                .refused, "the token's issuer is none of Azure DevOps's: \(ForeignText.clean(found, limit: 300))",
                hints: [
                    "where AWS_WEB_IDENTITY_TOKEN_FILE is set for something else, such as EKS, unset it for this step",
                    "if it is the one your IAM provider has, name it: --issuer \(ForeignText.clean(found, limit: 300))",
                ])
        case .expired(let at, let now):
            self.init(
                .refused,
                "the token expired at \(Timestamp(at).text), and it is \(Timestamp(now).text) here",
                hints: ["a new token is old already? then this machine's clock is ahead: check it against NTP"])
        case .notYetValid(let from, let now):
            self.init(
                .refused,
                "the token is valid from \(Timestamp(from).text), and it is \(Timestamp(now).text) here",
                hints: ["this machine's clock is behind: check it against NTP"])
        case .wrongBranch(let found, let wanted):
            self.init(
                .refused,
                "the job runs on \(ForeignText.clean(found)), and --require-branch wants \(wanted.joined(separator: " or "))"
            )
        case .wrongPipeline(let found, let wanted):
            self.init(
                .refused,
                "the job is of pipeline \(ForeignText.clean(found)), and --require-pipeline wants "
                    + wanted.joined(separator: " or "))
        case .claimMissing(let claim, let option):
            self.init(
                .refused, "\(option) cannot be checked: the token has no claim \(claim)",
                hints: [
                    "only a pipeline's own token has it, a service connection's has not: leave --service-connection out",
                    "'keyless token' shows what the token says",
                ])
        case .notAServiceConnection(let subject):
            self.init(
                .refused,
                "a service connection's token was asked for, and the pipeline's own came: \(ForeignText.clean(subject))",
                hints: ["Azure DevOps does that where it does not know the id: check --service-connection"])
        }
    }
}
