import AzureDevOps
import Domain

/// Service connections for a person and for a program.
struct ConnectionListing {
    /// A connection, and what IAM knows of its key; a failure where it does not tell.
    struct Row: Sendable {
        let connection: ServiceConnection
        let facts: Result<AccessKeyFacts, ErrorReport>?
    }

    static let order = [
        "id", "name", "projects", "authentication", "accessKeyId", "earlierAccessKeyId", "userName", "keyStatus",
        "keyCreated", "keyLastUsed",
        "keyLastUsedService", "sessionToken", "roleArn", "ready", "keyError", "action", "summary",
    ]

    let rows: [Row]

    /// Each connection with what there is to know about it.
    var text: String {
        guard !rows.isEmpty else { return "there is no service connection of type AWS that the credential can see\n" }
        let lines = rows.flatMap { row -> [String] in
            let connection = row.connection
            let projects = connection.projectReferences.map { reference in
                let name = reference.name ?? connection.name
                return reference.project.name + (name == connection.name ? "" : " as \(name)")
            }.joined(separator: ", ")
            return ["\(connection.name)  \(connection.id)"]
                + ["in \(projects)", Self.authentication(of: connection)].map { "  \($0)" }
                + Self.details(of: row).map { "  \($0)" }
        }
        let onOIDC = rows.count { $0.connection.usesOIDC }
        let counts = ["", "\(onOIDC) on OIDC, \(rows.count - onOIDC) not"]
        return (lines + counts).map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    /// `access key AKIA…, with which it assumes ROLE`
    static func authentication(of connection: ServiceConnection) -> String {
        let role = connection.roleARN
        if connection.usesOIDC {
            let key = connection.earlierKey.map { "; it had the access key \($0.id)" } ?? ""
            return "OIDC with the role \(role ?? "(none)")\(key)"
        }
        guard let key = connection.accessKeyID else { return "no access key" }
        return "access key \(key)" + (role.map { ", with which it assumes \($0)" } ?? "")
    }

    private static func details(of row: Row) -> [String] {
        var lines: [String] = []
        switch row.facts {
        case .success(let facts)?:
            let user = facts.userName.map { "of \($0)" } ?? "of nobody in this account"
            let unknown = facts.keyFailure.map { "of unknown age (\($0.message))" } ?? "deleted"
            let key = facts.key.map { "\($0.status.rawValue.lowercased()), created \(Timestamp($0.created).text)" }
            lines.append("key \(user), \(key ?? unknown); \(use(facts.use))")
        case .failure(let report)?: lines.append(report.message)
        case nil: break
        }
        switch sessionToken(of: row.connection) {
        case .stale: lines.append("its session token is stale: every call with it fails; keyless rotate empties it")
        case .present: lines.append("it has a session token, which ends within 36 hours of its making")
        case .none: break
        }
        if row.connection.usesOIDC, let key = row.connection.accessKeyID {
            lines.append("\(key) is still in it, so tasks of the AWS Toolkit refuse it; keyless migrate empties it")
        }
        if !row.connection.isReady { lines.append("it is not ready") }
        return lines
    }

    /// `it was never used`
    static func use(_ use: AccessKeyUse) -> String { use.date == nil ? "it was never used" : use.words }

    /// What the session token of a connection is to its access key.
    private enum SessionToken: String {
        case none
        case present
        /// A long-term key goes without one: it belongs to another key.
        case stale
    }

    private static func sessionToken(of connection: ServiceConnection) -> SessionToken {
        guard connection.hasSessionToken, !connection.usesOIDC else { return .none }
        return connection.accessKeyID?.hasPrefix("ASIA") == true ? .present : .stale
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let items = rows.map { row in Self.json(row.connection, try? row.facts?.get(), error: row.facts?.error) }
        return JSONReport.text(.migrate, ["serviceConnections": .list(items)], order: Self.order)
    }

    static func json(
        _ connection: ServiceConnection, _ facts: AccessKeyFacts?, error: ErrorReport? = nil
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .text(connection.id.text), "name": .text(connection.name),
            "projects": .list(connection.projectReferences.map { .text($0.project.name) }),
            "authentication": .text(connection.usesOIDC ? "oidc" : "access-key"),
            "sessionToken": .text(sessionToken(of: connection).rawValue), "ready": .boolean(connection.isReady),
        ]
        members["accessKeyId"] = connection.accessKeyID.map { .text($0) }
        members["earlierAccessKeyId"] = connection.earlierKey.map { .text($0.id) }
        members["roleArn"] = connection.roleARN.map { .text($0) }
        members["userName"] = facts?.userName.map { .text($0) }
        members["keyStatus"] = (facts?.key).map { .text($0.status.rawValue) }
        members["keyCreated"] = (facts?.key).map { .text(Timestamp($0.created).text) }
        members["keyLastUsed"] = (facts?.use.date).map { .text(Timestamp($0).text) }
        members["keyLastUsedService"] = facts?.use.service.map { .text($0) }
        members["keyError"] = (error ?? facts?.keyFailure).map { .text($0.message) }
        return .members(members)
    }
}

extension Result {
    fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
