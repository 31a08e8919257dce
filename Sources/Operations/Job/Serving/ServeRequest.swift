import Domain
package import FoundationEssentials

/// What `keyless serve` is asked for.
package enum ServeRequest: Sendable {
    /// To serve roles, in this process.
    case serve(ServedRoles)
    /// To start a process in the background that does so, with the same arguments; it checks them.
    case startInBackground
    /// To end the endpoints of this job.
    case stop(HandoverFormat)
}

/// How roles are served, as it was asked for.
package struct ServeSettings: Sendable {
    /// Roles with the names that they are served under.
    package var roles: [(name: String, arn: String)] = []
    /// A JSON file that names roles.
    package var profilesFile: String?
    /// The port on 127.0.0.1; `nil` for any that is free.
    package var port: UInt16?
    package var until = EndTime.after(.seconds(24 * 3600))
    /// How to say where the credentials are.
    package var format: HandoverFormat?
    /// Where to tell that the endpoint answers; `nil` in the foreground.
    package var readyDescriptor: Int32?

    package init() {}
}

/// Roles to give credentials of, and how.
package struct ServedRoles: Sendable {
    /// Not empty. The first one is what SDKs find by themselves.
    let sessions: [NamedSessionRequest]
    let port: UInt16?
    let until: EndTime
    let format: HandoverFormat
    let readyDescriptor: Int32?
    let network: NetworkRequest

    /// - Throws: ``ErrorReport`` for what is wrong or missing.
    package init(
        _ settings: ServeSettings, _ session: SessionSettings, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        var entries: [NamedSessionRequest.Entry] = []
        if let path = settings.profilesFile {
            entries = try NamedSessionRequest.entries(in: path, session)
        } else if session.roleARN != nil || settings.roles.isEmpty {
            entries.append(.init(name: CredentialEndpoint.defaultName, place: nil, settings: session))
        }
        for (name, arn) in settings.roles {
            var role = session
            let option = "--role \(ForeignText.clean(name, limit: 80))"
            role.roleARN = try SessionRequest.role(arn, named: option).text
            entries.append(.init(name: name, place: nil, settings: role))
        }
        try ServedRole.check(entries.map(\.name))
        sessions = try entries.map { (entry) throws(ErrorReport) in try entry.checked(context) }
        for session in sessions { try session.session.token.checkAccess() }
        guard settings.until.span(from: context.time.now()) > .zero else {
            throw ErrorReport(
                .usage, "--until is over already", hints: ["a time to come, or how long from now: --until 8h"])
        }
        (port, until, readyDescriptor) = (settings.port, settings.until, settings.readyDescriptor)
        (format, self.network) = (settings.format ?? .usual(context), network)
    }
}

/// The name that a role is served under: it becomes a path and the name of a variable.
enum ServedRole {
    static let variablePrefix = "KEYLESS_ROLE_URI_"

    /// - Throws: ``ErrorReport`` for a name that is none, or two that differ in too little.
    static func check(_ names: [String]) throws(ErrorReport) {
        var variables: [String: String] = [:]
        for name in names {
            guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ $0.isASCIILetterOrDigit(or: "_.-") })
            else {
                throw ErrorReport(
                    .usage,
                    "a role's name has up to 64 letters, digits and _.-, not '\(ForeignText.clean(name, limit: 80))'")
            }
            if let other = variables.updateValue(name, forKey: variable(of: name)) {
                throw ErrorReport(
                    .usage,
                    other == name
                        ? "two roles are named \(name)" : "the role names \(other) and \(name) differ in too little",
                    hints: ["--role-arn goes by the name 'default'; others are told apart by letters and digits"])
            }
        }
    }

    /// The variable with a further role's address: `KEYLESS_ROLE_URI_PROD`.
    static func variable(of name: String) -> String {
        let bytes = name.uppercased().utf8.map { $0.isASCIILetterOrDigit ? $0 : UInt8(ascii: "_") }
        return variablePrefix + String(decoding: bytes, as: UTF8.self)
    }
}

/// When something ends: so much later, or at a moment.
package enum EndTime: Sendable {
    case after(Duration)
    case at(Date)

    /// How long it is until then; never less than nothing.
    package func span(from now: Date) -> Duration {
        switch self {
        case .after(let duration): duration
        case .at(let date): .seconds(max(0, date.timeIntervalSince(now)))
        }
    }
}
