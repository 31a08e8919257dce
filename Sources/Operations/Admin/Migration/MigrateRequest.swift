import Domain
import FoundationEssentials
import LinuxSystem

/// What `keyless migrate` is asked for.
package enum MigrateRequest: Sendable {
    /// Service connections are listed.
    case list(ConnectionListRequest)
    /// One is moved to OIDC, or its key retired, or put back.
    case change(MigrationRequest)
}

/// A migration as it was asked for.
package struct MigrationSettings: Sendable {
    package var place = ConnectionSettings()
    package var roleARN: String?
    package var retiresKey = false
    /// How long nothing must have used the key.
    package var grace = Duration.seconds(86_400)
    /// Whether the access key is put back.
    package var undoes = false
    /// Where the secret of the key is kept: a secret of Secrets Manager, or a file.
    package var secretID: String?
    package var secretAccessKeyFile: String?
    /// Whether a token of the connection assumes the role before anything is switched.
    package var verifies = false
    package var propagation: KeyPropagation
    package var azure = AzureCredentialSettings()
    package var admin = AdminSettings()
    package var change: ChangeRequest

    package init(propagation: KeyPropagation, change: ChangeRequest) {
        (self.propagation, self.change) = (propagation, change)
    }
}

/// A migration, every part of it checked before anybody is asked anything.
package struct MigrationRequest: Sendable {
    /// What becomes of the connection.
    enum Task: Sendable {
        /// It is moved to OIDC, unless there is no role, and its key is retired if that was asked for.
        case move(to: RoleARN?, retiresKey: Bool)
        /// The key is put back, and assumes the role; `nil` for the one before.
        case undo(role: RoleARN?, KeySecretPlace?)
    }

    /// Where the secret of a key is kept that no connection holds any more.
    enum KeySecretPlace: Sendable {
        case secretsManager(id: String)
        case file(path: String)
    }

    let task: Task
    let place: ConnectionPlace
    /// In seconds.
    let grace: TimeInterval
    let verifies: Bool
    let propagation: KeyPropagation
    let azure: AzureCredentialSettings
    let admin: AdminSettings
    /// The region that is named, if AWS is asked nothing but to let a token in.
    let region: Region?
    let change: ChangeRequest
    let network: NetworkRequest

    /// The largest file of a secret access key that is read, in bytes.
    static let largestSecretFile = 4096

    /// `aws-prod (contoso/Web Shop)`
    var title: String { place.title }
    /// The role that is moved to.
    var role: RoleARN? { if case .move(let role, _) = task { role } else { nil } }
    var isRetiringKey: Bool { if case .move(_, true) = task { true } else { false } }

    /// - Throws: ``ErrorReport`` naming what is missing or wrong.
    package init(
        _ settings: MigrationSettings, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        place = try ConnectionPlace(settings.place, context) { part in
            switch part {
            case .name: Self.incomplete("which service connection is meant: --service-connection is missing")
            case .organization: Self.incomplete("in which Azure DevOps organisation: --organization is missing")
            case .project: Self.incomplete("in which project: --project is missing")
            }
        }
        guard settings.roleARN != nil || settings.retiresKey || settings.undoes else {
            throw Self.incomplete(
                "what shall become of \(ForeignText.clean(place.name, limit: 150)): --role-arn is missing")
        }
        let role = try settings.roleARN.map { (text) throws(ErrorReport) in try Self.role(text) }
        let secret =
            settings.secretAccessKeyFile.map { KeySecretPlace.file(path: $0) }
            ?? settings.secretID.map { KeySecretPlace.secretsManager(id: $0) }
        task = settings.undoes ? .undo(role: role, secret) : .move(to: role, retiresKey: settings.retiresKey)
        grace = TimeInterval(settings.grace.milliseconds) / 1000
        region = try AWSEndpoint.region(settings.admin.region, context)
        (verifies, propagation) = (settings.verifies, settings.propagation)
        (azure, admin) = (settings.azure, settings.admin)
        try azure.check(context)
        if let path = settings.secretAccessKeyFile {
            _ = try FileSystem.read(path, named: "secret access key", limit: Self.largestSecretFile)
        }
        // The connection is known by its name alone as yet; what its token is asked for with is not.
        if verifies { try TokenSource(agentFor: nil, context).checkAccess() }
        (change, self.network) = (settings.change, network)
    }

    private static func role(_ text: String) throws(ErrorReport) -> RoleARN {
        do throws(ARNError) {
            return try RoleARN(text)
        } catch {
            throw ErrorReport(
                .usage, "--role-arn is not the ARN of a role: \(ForeignText.clean(text, limit: 200))",
                hints: ["it looks like arn:aws:iam::111122223333:role/deploy"])
        }
    }

    private static func incomplete(_ what: String) -> ErrorReport {
        ErrorReport(
            .usage, "nobody said \(what)",
            hints: [
                "keyless migrate --organization contoso --project 'Web Shop' --service-connection aws-prod "
                    + "--role-arn arn:aws:iam::111122223333:role/deploy --dry-run",
                "what there is: keyless migrate --list --organization contoso",
            ])
    }
}
