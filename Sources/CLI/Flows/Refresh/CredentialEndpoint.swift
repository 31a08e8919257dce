import CredentialServer
import Domain
import TLSCrypto

/// The endpoint that the AWS SDKs of other processes take credentials from, and the file with its token.
struct CredentialEndpoint: Sendable {
    /// The name under which a lone role's credentials are given.
    static let path = "/role/default"

    private static let tokenName = "token"
    private static let emptyName = "credentials"

    let server: CredentialServer
    private let directory: PrivateDirectory
    private let tokenFile: String

    /// Opens it. There is nothing to give yet.
    ///
    /// - Throws: ``ErrorReport``, ``FileSystem/Failure``; then nothing is left.
    static func open(_ context: Context) async throws -> CredentialEndpoint {
        // 256 bits; hexadecimal, since some SDKs take the file for the value of a header field as it is.
        let token = Secret(Hex.encode(try SystemRandom.bytes(32)))
        let directory = try PrivateDirectory(
            in: context.variable("AGENT_TEMPDIRECTORY") ?? context.variable("TMPDIR") ?? "/tmp")
        do {
            // Without a line end: it would be a part of the token.
            let file = try directory.write(token, as: tokenName)
            let server = try await CredentialServer.start(
                CredentialServer.Configuration(), time: context.time
            ) { ConstantTime.equal(Secret($0), token) }
            return CredentialEndpoint(server: server, directory: directory, tokenFile: file)
        } catch let error as CredentialServer.StartError {
            directory.remove([tokenName, emptyName])
            let reason = error.code.map { ": \(POSIX.message(for: $0))" } ?? ""
            throw ErrorReport(.unexpected, "no port of this machine can be listened on\(reason)")
        } catch {
            directory.remove([tokenName, emptyName])
            throw error
        }
    }

    /// What a process needs to find it.
    func variables(region: String?) -> [EnvironmentVariable] {
        var variables = [
            EnvironmentVariable(
                name: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                value: Secret("http://127.0.0.1:\(server.port)\(Self.path)"), isSecret: false),
            EnvironmentVariable(
                name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", value: Secret(tokenFile), isSecret: false),
        ]
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let region { variables.append(EnvironmentVariable(name: name, value: Secret(region), isSecret: false)) }
        }
        return variables
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

    /// Closes it, and leaves nothing.
    func close() async {
        await server.stop()
        directory.remove([Self.tokenName, Self.emptyName])
    }
}
