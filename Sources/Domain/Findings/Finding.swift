/// A named value behind a message: for programs, and for those who were not there.
package struct Fact: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// Something that a check found, as data. An error, a warning, a line of a report are renderings of it.
package struct Finding: Sendable, Equatable {
    /// How bad it is.
    package enum Severity: String, Sendable, CaseIterable {
        /// Worth knowing, and nothing to do about.
        case note
        /// Something will surprise.
        case warning
        /// What was asked for will not work.
        case error
    }

    /// Where it was found.
    package enum Location: Sendable, Equatable {
        /// A line of a file, from 1.
        case file(String, line: Int)
        /// Something of AWS's, by its ARN.
        case resource(String)
        /// A variable of the environment.
        case variable(String)
    }

    package let rule: Rule
    package let severity: Severity
    /// What it is about: an ARN, a token's subject, a project.
    package let subject: String
    /// What is so, in one sentence without a full stop, lower case.
    package let summary: String
    /// What that rests on.
    package let evidence: [Fact]
    /// What to type or to look at, the safest first.
    package let advice: [String]
    /// `nil` if the subject says it.
    package let location: Location?

    package init(
        _ rule: Rule, _ severity: Severity, _ subject: String, _ summary: String, evidence: [Fact] = [],
        advice: [String] = [], at location: Location? = nil
    ) {
        (self.rule, self.severity, self.subject, self.summary) = (rule, severity, subject, summary)
        (self.evidence, self.advice, self.location) = (evidence, advice, location)
    }
}

extension Finding {
    /// What is looked for. The raw value is the rule's id: it is never given another meaning.
    package enum Rule: String, Sendable, CaseIterable {
        // The issuer of tokens.
        case issuerUnreachable = "issuer-unreachable"
        case issuerInvalid = "issuer-invalid"
        /// Azure DevOps knows no organisation of that GUID.
        case organizationUnknown = "organization-unknown"
        /// The GUID is that of the Entra tenant.
        case organizationIsTenant = "organization-is-tenant"
        /// Whether AWS uses the provider's thumbprint, and which certificates the issuer's hosts present.
        case issuerCertificates = "issuer-certificates"

        // Subjects that a role is to trust.
        case projectMissing = "project-missing"
        case projectUnverified = "project-unverified"
        /// A subject of another organisation than the issuer's.
        case subjectForeign = "subject-foreign"

        // A role that is to accept a connection's tokens.
        case roleElsewhere = "role-elsewhere"
        case roleMissing = "role-missing"
        case providerMissing = "provider-missing"
        case audienceMissing = "audience-missing"
        case subjectAccepted = "subject-accepted"
        case subjectDenied = "subject-denied"
        case subjectUndetermined = "subject-undetermined"

        // What AWS SDKs take credentials from.
        /// Something goes before the credentials that were handed over.
        case credentialPrecedence = "credential-precedence"
    }
}
