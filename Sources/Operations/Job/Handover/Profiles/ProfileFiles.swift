import Domain
import LinuxSystem

/// The config file and the credentials file that profiles are written to.
struct ProfileFiles: Sendable {
    /// `nil` where nothing says where it is.
    private let config: String?
    private let credentials: String?
    /// Those that the environment says, which tools may read besides.
    private let found: ProfileLocations

    private init(config: String?, credentials: String?, _ found: ProfileLocations) {
        (self.config, self.credentials, self.found) = (config, credentials, found)
    }

    /// The files that all AWS tools read.
    static func shared(_ context: Context) -> ProfileFiles {
        let found = ProfileLocations(environment: context.environment)
        return ProfileFiles(config: found.config, credentials: found.credentials, found)
    }

    /// Files of the job's own, which the agent's variables point to.
    ///
    /// - Throws: ``ErrorReport`` where no agent says where they can be.
    static func ofJob(_ context: Context) throws(ErrorReport) -> ProfileFiles {
        guard let directory = context.variable("AGENT_TEMPDIRECTORY") else {
            throw ErrorReport(
                .missingConfiguration, "--expose file writes under AGENT_TEMPDIRECTORY, which is not set",
                hints: ["the agent sets it in every step; elsewhere use --profile NAME"])
        }
        return ProfileFiles(
            config: "\(directory)/keyless/config", credentials: "\(directory)/keyless/credentials",
            ProfileLocations(environment: context.environment))
    }

    /// The file that profiles of this kind are written to.
    ///
    /// - Throws: ``ErrorReport`` where nothing says which that is.
    func path(for source: SharedFileProfile.Source) throws(ErrorReport) -> String {
        if let path = source == .keys ? credentials : config { return path }
        let variable = source == .keys ? "AWS_SHARED_CREDENTIALS_FILE" : "AWS_CONFIG_FILE"
        throw ErrorReport(.missingConfiguration, "neither \(variable) nor HOME says where the profile goes")
    }

    /// Finds out whether the profiles can be written, without changing anything.
    ///
    /// - Throws: as ``write(_:)``.
    func check(_ profiles: [SharedFileProfile]) throws {
        guard let source = profiles.first?.source else { return }
        let path = try path(for: source)
        _ = try merged(profiles, into: FileSystem.read(path, followingLinks: false), at: path)
    }

    /// Writes all profiles at once.
    ///
    /// - Parameter profiles: all of one kind.
    /// - Throws: ``ErrorReport`` or ``FileSystem/Failure``; then no file was changed.
    func write(_ profiles: [SharedFileProfile]) throws {
        guard let source = profiles.first?.source else { return }
        let path = try path(for: source)
        // Whoever writes keys holds the credentials file's lock: no profile gets both in the same moment.
        try FileSystem.update(path, besides: source == .process ? credentials : nil) { existing in
            try merged(profiles, into: existing, at: path)
        }
    }

    private func merged(
        _ profiles: [SharedFileProfile], into existing: Secret?, at path: String
    ) throws(ErrorReport) -> Secret {
        let others: (paths: [String?], kind: ProfileDocument.Kind) =
            profiles.first?.source == .keys
            ? ([config, found.config], .config) : ([credentials, found.credentials], .credentials)
        for case let other? in others.paths where FileSystem.isRegularFile(other) {
            let text: Secret?
            do throws(FileSystem.Failure) { text = try FileSystem.read(other) } catch { throw ErrorReport(error) }
            do throws(SharedFileError) {
                try SharedFileText.refuseOtherSources(than: profiles, in: text ?? "", others.kind)
            } catch {
                throw ErrorReport(error, in: other, leaving: path)
            }
        }
        do throws(SharedFileError) {
            return try SharedFileText.setting(profiles, in: existing ?? "")
        } catch {
            throw ErrorReport(error, in: path, leaving: path)
        }
    }
}
