import AWS
import Domain
import LinuxSystem

/// Whose credentials an administrator's command uses, and where, as it was asked for.
package struct AdminSettings: Sendable, Hashable {
    /// A profile that is used whatever the environment holds; `nil` for what the AWS CLI would use.
    package var profile: String?
    package var region: String?

    package init(profile: String? = nil, region: String? = nil) { (self.profile, self.region) = (profile, region) }
}

/// The credentials of whoever runs a command that changes things in AWS: found as the AWS CLI finds them, renewed for
/// as long as the command runs.
struct AdminCredentials: Sendable {
    /// The largest token file read, in bytes.
    private static let largestFile = 64 * 1024

    /// The region of the command; `nil` where nobody names one.
    let region: Region?
    private let cache: CredentialCache

    /// Reads the profiles. Nothing is sent, and no program run, before the first ``current()``.
    ///
    /// - Throws: ``ErrorReport`` for a profile that does not exist, a file that is none, or a region that is none.
    init(
        _ settings: AdminSettings, _ context: Context, _ network: Network, _ console: Console
    ) throws(ErrorReport) {
        let locations = ProfileLocations(environment: context.environment)
        let profiles = Profiles(
            config: try Self.document(locations.config, .config, console),
            credentials: try Self.document(locations.credentials, .credentials, console))
        let named = settings.profile ?? locations.profile
        if let named, profiles[named] == nil {
            throw .noProfile(
                named, namedBy: settings.profile == nil ? "the environment" : "--profile", locations, profiles.names)
        }
        let profile = named ?? "default"
        let region = try AWSEndpoint.region(settings.region, context, profile: profiles[profile])
        let chain = CredentialChain(
            profile: profile, isExplicit: settings.profile != nil,
            Self.providerContext(profiles, region: region, context, network))
        self.region = region
        cache = CredentialCache(time: network.time) { () throws(CredentialError) in
            let found = try await chain.credentials()
            let end = found.credentials.expiration.map { " until \(Timestamp($0).text)" } ?? ""
            console.detail("using the credentials of \(found.source)\(end)")
            return found
        }
    }

    /// The credentials as they are now, the same until their end comes near.
    ///
    /// - Throws: ``CredentialError``.
    func current() async throws(CredentialError) -> SessionCredentials { try await cache.current().credentials }

    /// What the providers reach out with: this program's files, network and programs.
    private static func providerContext(
        _ profiles: Profiles, region: Region?, _ context: Context, _ network: Network
    ) -> ProviderContext {
        ProviderContext(
            environment: context.environment, profiles: profiles, http: network.http, time: network.time,
            retrier: network.retrier,
            stsEndpoint: { (role) throws(ProviderContext.LocalFailure) in
                do throws(ErrorReport) {
                    return try AWSEndpoint.sts(region: region, role: role, context)
                } catch {
                    throw ProviderContext.LocalFailure(reason: error.message)
                }
            },
            readFile: { (path) throws(ProviderContext.LocalFailure) in
                do throws(FileSystem.Failure) {
                    return try FileSystem.read(path, limit: largestFile)
                } catch {
                    throw ProviderContext.LocalFailure(reason: error.reason)
                }
            },
            runProgram: { (arguments) throws(ProviderContext.LocalFailure) in
                // Some open a browser and wait for whoever sits before it: as long as the whole command may take.
                let patience = network.retrier.deadline.remaining(of: network.time)
                do throws(Program.Failure) {
                    return try await Program.output(of: arguments, patience: patience, time: network.time)
                } catch {
                    throw ProviderContext.LocalFailure(reason: "\(arguments[0]) \(ErrorReport.words(for: error))")
                }
            })
    }

    /// One of the files; empty where it is not there, or where its name stands for no file (`/dev/null`).
    private static func document(
        _ path: String?, _ kind: ProfileDocument.Kind, _ console: Console
    ) throws(ErrorReport) -> ProfileDocument {
        guard let path, FileSystem.isRegularFile(path) else { return .empty }
        let text: Secret?
        do throws(FileSystem.Failure) { text = try FileSystem.read(path) } catch { throw ErrorReport(error) }
        do throws(ProfileDocument.SyntaxError) {
            let document = try ProfileDocument(text ?? "", kind: kind)
            for warning in document.warnings { console.detail(ErrorReport.words(for: warning, in: path)) }
            return document
        } catch {
            throw ErrorReport(.badInput, "line \(error.line) of \(path) \(ErrorReport.words(for: error.reason))")
        }
    }
}
