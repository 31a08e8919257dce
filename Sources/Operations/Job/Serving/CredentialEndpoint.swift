import CredentialServer
import Domain
import LinuxSystem
import TLSCrypto

/// The endpoint that the AWS SDKs of other processes take credentials from, and the file with its token.
struct CredentialEndpoint: Sendable {
    /// The name under which a lone role's credentials are given.
    static let defaultName = "default"

    private static let tokenName = "token"
    private static let emptyName = "credentials"

    let server: CredentialServer
    let directory: PrivateDirectory
    let tokenFile: String

    /// No more connections than this process may have descriptors for, with some left for renewals.
    private static var connectionLimit: Int {
        ThisProcess.descriptorLimit.map { min(512, max(1, $0 / 2)) } ?? 64
    }

    /// Where its directory is made.
    static func parent(_ context: Context) -> String {
        // Whoever reads its path may be in another directory.
        FileSystem.absolute(context.variable("AGENT_TEMPDIRECTORY") ?? context.variable("TMPDIR") ?? "/tmp")
    }

    /// Opens it. There is nothing to give yet.
    ///
    /// - Parameters:
    ///   - purpose: the first part of its directory's name.
    ///   - port: 0 for any that is free.
    /// - Throws: ``ErrorReport``, ``FileSystem/Failure``; then nothing is left.
    static func open(for purpose: String, port: Int = 0, _ context: Context) async throws -> CredentialEndpoint {
        // 256 bits; hexadecimal, since some SDKs take the file for the value of a header field as it is.
        let token = Secret(Hex.encode(try SystemRandom.bytes(32)))
        let directory = try PrivateDirectory(for: purpose, in: parent(context))
        do {
            // Without a line end: it would be a part of the token.
            let file = try directory.write(token, as: tokenName)
            let server = try await CredentialServer.start(
                CredentialServer.Configuration(port: port, connectionLimit: connectionLimit), time: context.time
            ) { ConstantTime.equal(Secret($0), token) }
            return CredentialEndpoint(server: server, directory: directory, tokenFile: file)
        } catch {
            directory.remove()
            throw (error as? CredentialServer.StartError).map { ErrorReport($0) } ?? error
        }
    }

    /// Where the server gives a role's credentials.
    static func path(of role: String) -> String { "/role/\(role)" }

    /// The port of 127.0.0.1 that it listens on.
    var port: Int { server.port }

    /// The address that an SDK is given for a role.
    func address(of role: String) -> String { "http://127.0.0.1:\(port)\(Self.path(of: role))" }

    /// What a process needs to find a role's credentials.
    func variables(for role: String = defaultName, region: String?) -> [EnvironmentVariable] {
        [
            EnvironmentVariable(
                name: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                value: Secret(address(of: role)), isSecret: false),
            EnvironmentVariable(
                name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", value: Secret(tokenFile), isSecret: false),
        ] + EnvironmentVariable.region(region)
    }

    /// The same for a process that shall have no other: SDKs take static keys of the shared credentials file before they
    /// ask an endpoint, so it gets an empty one.
    ///
    /// - Throws: ``FileSystem/Failure``.
    func onlyVariables(region: String?) throws(FileSystem.Failure) -> [EnvironmentVariable] {
        let file = try directory.write("", as: Self.emptyName)
        return variables(region: region) + [
            EnvironmentVariable(name: "AWS_SHARED_CREDENTIALS_FILE", value: Secret(file), isSecret: false)
        ]
    }

    /// Returns once somebody has removed its token, and nobody can ask any more; or the task is cancelled.
    func loss(_ time: any TimeSource) async {
        while FileSystem.isRegularFile(tokenFile), (try? await time.sleep(for: .seconds(1))) != nil {}
    }

    /// Closes it, and leaves nothing.
    func close() async {
        await server.stop()
        directory.remove()
    }
}
