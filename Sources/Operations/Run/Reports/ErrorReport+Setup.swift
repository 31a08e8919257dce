import AWS
import AzureDevOps
import Domain

/// What can be wrong with a setup, in words.
extension ErrorReport {
    static let noSubject = ErrorReport(
        .usage, "nobody is named whom the role shall trust",
        hints: [
            "one service connection: --organization contoso --project 'Web Shop' --service-connection-name aws-prod",
            "one pipeline: --organization contoso --project 'Web Shop' --pipeline deploy",
            "whoever can run any pipeline of the organisation: --allow-any-subject",
        ])

    static let entraSubjectByName = ErrorReport(
        .usage, "the subjects of Entra's tokens have no names in them",
        hints: [
            "'keyless token --service-connection GUID' shows the subject: --subject /eid1/…",
            "all connections of an organisation: --subject '/eid1/*/sc/<the organisation's GUID>/*'",
        ])

    init(_ error: SubjectPattern.ValidationError) {
        switch error {
        case .scheme(let found, let expected):
            self.init(
                .usage,
                "the subject begins with \(ForeignText.clean(found, limit: 40)), and this issuer's begin with "
                    + expected.joined(separator: " or "),
                hints: ["'keyless token' shows the subject of a token in a pipeline"])
        case .missingPart(let text):
            self.init(.usage, "the subject has an empty name in it: \(ForeignText.clean(text, limit: 300))")
        case .character: self.init(.usage, "the subject has a control character in it")
        case .length(let count): self.init(.usage, "the subject has \(count) characters; a subject has 1 to 255")
        }
    }

    static func words(for error: PolicyDocument.ParseError) -> String {
        switch error {
        case .notAnObject: "it is not a JSON object"
        case .malformedStatements: "its Statement is not a list of objects"
        }
    }

    init(_ refusal: SetupRefusal) {
        switch refusal {
        case .foreignRole(let name, let owner):
            self.init(
                .refused, "the role \(name) is kept by \(ForeignText.clean(owner, limit: 300))",
                hints: ["change it there, or choose another --role-name"])
        case .differentPath(let name, let existing, let wanted):
            self.init(
                .refused, "the role \(name) is at path \(existing), and IAM cannot move it to \(wanted)",
                hints: ["leave --path out, or choose another --role-name"])
        case .trustPolicyTooLong(let size, let limit):
            self.init(
                .badInput,
                "the trust policy would have \(size) characters, \(size - limit) more than the \(limit) IAM takes",
                hints: [
                    "one pattern for many subjects, such as --subject 'sc://contoso/Web Shop/*', or a role for each",
                    "the quota 'Role trust policy length' can be raised to 4096 in Service Quotas",
                ])
        }
    }

    /// Azure DevOps said nothing about the organisation.
    init(_ error: OrganizationError, organization: String) {
        let name = ForeignText.clean(organization, limit: 80)
        let otherWay = "or name the GUID itself: --organization-id GUID"
        switch error {
        case .transport(let error):
            let report = ErrorReport(error)
            self.init(
                report.code, "nothing was learnt of the organisation \(name): \(report.message)",
                hints: report.hints + [otherWay], facts: report.facts)
        case .credentialRefused:
            self.init(
                .refused, "Azure DevOps does not take the credential for the organisation \(name)",
                hints: ["AZURE_DEVOPS_EXT_PAT must be a live token of that organisation, any scope will do", otherWay])
        case .forbidden(let message):
            self.init(
                .refused, "the credential may not ask about the organisation \(name)\(Self.quoted(message))",
                hints: [otherWay])
        case .notFound:
            self.init(
                .badInput, "there is no organisation \(name) that the credential can see",
                hints: ["it is the NAME in dev.azure.com/NAME"])
        case .throttled:
            self.init(.throttled, "Azure DevOps kept throttling", hints: [otherWay])
        case .failed(let status, let message):
            self.init(.unavailable, "Azure DevOps failed (\(status))\(Self.quoted(message))", hints: [otherWay])
        case .malformedAnswer:
            self.init(
                .unavailable, "the answer is not Azure DevOps's",
                hints: ["a proxy or a captive portal may stand between", otherWay])
        }
    }
}
