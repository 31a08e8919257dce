import Domain

/// The roles that an endpoint is to give credentials of.
enum ServedRoles {
    /// What the command line asks for; the first one is what SDKs find by themselves.
    ///
    /// - Throws: ``ErrorReport`` or ``HTTPError`` for what is wrong or missing.
    static func all(
        _ options: ServeOptions, _ role: RoleOptions, _ token: TokenOptions, _ guards: GuardOptions,
        _ global: GlobalOptions, _ context: Context, _ console: Console
    ) throws -> [NamedExchange] {
        var requests: [ProfileRequest] = []
        if let path = options.profilesFile {
            requests = try ProfileRequest.all(in: path, role, token, guards)
        } else if role.roleArn != nil || options.roles.isEmpty {
            requests.append(ProfileRequest(CredentialEndpoint.defaultName, role, token, guards))
        }
        for named in options.roles {
            var role = role
            role.roleArn = try SessionRequest.role(
                named.arn, named: "--role \(ForeignText.clean(named.name, limit: 80))"
            ).text
            requests.append(ProfileRequest(named.name, role, token, guards))
        }
        try check(requests.map(\.name))
        return try NamedExchange.all(requests, global, context, console)
    }

    /// Names become paths and the names of variables.
    private static func check(_ names: [String]) throws(ErrorReport) {
        var variables: [String: String] = [:]
        for name in names {
            guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ isPlain($0) || "_.-".utf8.contains($0) })
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

    static let variablePrefix = "KEYLESS_ROLE_URI_"

    /// The variable with a further role's address: `KEYLESS_ROLE_URI_PROD`.
    static func variable(of name: String) -> String {
        let bytes = name.uppercased().utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }
        return variablePrefix + String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
