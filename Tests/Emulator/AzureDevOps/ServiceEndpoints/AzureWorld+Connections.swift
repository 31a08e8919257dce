extension AzureWorld {
    /// A service connection, which one project or several have.
    package struct Connection: Sendable {
        /// Which issuer answers for it.
        package enum Kind: Sendable {
            /// Azure DevOps itself, `sc://…`: connections of type AWS and generic ones.
            case generic
            /// Entra ID, `/eid1/…`: AzureRM connections with workload identity federation.
            case entra
        }

        /// A project that has the connection, and what it calls it.
        package struct Reference: Sendable, Equatable {
            /// The project's name; the job's own without.
            package var project: String?
            package var name: String
            package var description = ""

            package init(project: String? = nil, name: String, description: String = "") {
                (self.project, self.name, self.description) = (project, name, description)
            }
        }

        /// What has come of the last update.
        package enum Status: Sendable, Equatable {
            /// There was none that took time.
            case settled
            /// It is ready after so many reads more.
            case inProgress(reads: Int)
            case ready
            case failed
        }

        package var id: String
        package var kind: Kind
        /// Whether the running job names it as an input of one of its tasks.
        package var isReferenced: Bool
        /// `aws`, `azurerm`, `generic`.
        package var type: String
        package var url: String
        package var owner = "library"
        package var description = ""
        package var data: [String: String] = [:]
        /// The authorization's scheme.
        package var scheme = "UsernamePassword"
        /// The authorization's parameters, secret ones too.
        package var parameters: [String: String]
        /// Never empty.
        package var references: [Reference]
        package var status = Status.settled
        /// What the build identity is to this connection, where that is not ``AzureWorld/jobRole``.
        package var jobRole: Role?

        /// - Parameters:
        ///   - project: the only project that has it; the job's own without.
        ///   - parameters: of the authorization; an AWS connection without any is on OIDC.
        package init(
            id: String, name: String, project: String? = nil, kind: Kind = .generic, isReferenced: Bool = true,
            type: String? = nil, url: String = "https://aws.amazon.com/", parameters: [String: String]? = nil
        ) {
            (self.id, self.kind, self.isReferenced, self.url) = (id, kind, isReferenced, url)
            self.type = type ?? (kind == .entra ? "azurerm" : "aws")
            self.parameters = parameters ?? ["useOIDC": "true"]
            references = [Reference(project: project, name: name)]
        }

        /// What the first project that has it calls it.
        package var name: String {
            get { references.first?.name ?? "" }
            set { if !references.isEmpty { references[0].name = newValue } }
        }

        /// Whether its AWS credentials are those of its authorization's parameters.
        package var usesAccessKey: Bool { type == "aws" && parameters["useOIDC"]?.lowercased() != "true" }

        /// The names of the authorization's parameters that are never shown.
        static let confidentialNames: Set = ["password", "sessionToken", "apitoken", "serviceprincipalkey"]
    }

    /// A project of the organisation.
    package struct Project: Sendable, Equatable {
        package var id: String
        package var name: String

        package init(id: String, name: String) { (self.id, self.name) = (id, name) }
    }

    /// What somebody is to a service connection, on the project's level and the organisation's.
    package enum Role: String, Sendable, CaseIterable {
        /// Sees its name only.
        case reader
        /// Sees it, and may name it in a pipeline.
        case user
        /// May change it.
        case administrator
    }

    /// How Azure DevOps slows a heavy user down.
    package struct RateLimit: Sendable {
        /// How many of the next requests are blocked with status 429.
        package var blocks: Int
        /// What the answers say to wait, in seconds: blocked ones, and those that still go through.
        package var retryAfter: Int

        package init(blocks: Int, retryAfter: Int = 1) { (self.blocks, self.retryAfter) = (blocks, retryAfter) }
    }

    /// All projects, the job's own first.
    package var projects: [Project] { [Project(id: projectID, name: project)] + otherProjects }

    /// The project of that name or id.
    func project(_ asked: String) -> Project? {
        projects.first { [$0.id.lowercased(), $0.name.lowercased()].contains(asked.lowercased()) }
    }

    /// The connection that a project, the job's own by default, calls so.
    package subscript(connection name: String, in project: String? = nil) -> Connection? {
        get { connections.first { $0.references.contains { $0.name == name && $0.project == project } } }
        set {
            let index = connections.firstIndex { $0.references.contains { $0.name == name && $0.project == project } }
            if let index, let newValue { connections[index] = newValue }
        }
    }

    /// How the connection is known to the job's project, or else to the first that has it.
    func subjectReference(of connection: Connection) -> Connection.Reference {
        connection.references.first { $0.project == nil } ?? connection.references.first
            ?? Connection.Reference(name: connection.id)
    }
}
