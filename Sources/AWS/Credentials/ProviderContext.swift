package import Domain
import FoundationEssentials

/// What the providers look at and reach out with.
package struct ProviderContext: Sendable {
    /// Why a file could not be read or a program gave nothing.
    package struct LocalFailure: Error, Sendable, Equatable {
        /// Lower case, without what the program printed.
        package let reason: String

        /// Takes the words as they are.
        package init(reason: String) { self.reason = reason }
    }

    package let environment: [String: String]
    package let profiles: Profiles
    package let http: any HTTPClient
    package let time: any TimeSource
    /// For calls of AWS's services.
    package let retrier: Retrier
    /// The STS that gives sessions of a role. Throws the reason where the region and the role do not go together.
    package let stsEndpoint: @Sendable (RoleARN) throws(LocalFailure) -> Endpoint
    /// Reads a file to its end, bounded; `nil` where there is none.
    package let readFile: @Sendable (String) throws(LocalFailure) -> Secret?
    /// Runs a program, bounded in time, and gives what it prints, bounded in size.
    package let runProgram: @Sendable ([String]) async throws(LocalFailure) -> Secret

    /// Takes the parts as they are.
    package init(
        environment: [String: String], profiles: Profiles, http: any HTTPClient, time: any TimeSource,
        retrier: Retrier, stsEndpoint: @escaping @Sendable (RoleARN) throws(LocalFailure) -> Endpoint,
        readFile: @escaping @Sendable (String) throws(LocalFailure) -> Secret?,
        runProgram: @escaping @Sendable ([String]) async throws(LocalFailure) -> Secret
    ) {
        (self.environment, self.profiles, self.http, self.time) = (environment, profiles, http, time)
        (self.retrier, self.stsEndpoint) = (retrier, stsEndpoint)
        (self.readFile, self.runProgram) = (readFile, runProgram)
    }

    /// The variable's value; `nil` where it is absent or empty.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The limits of a request to an endpoint of this machine: it answers soon or not at all.
    func limits(_ seconds: Int) -> HTTPLimits {
        let total = min(.seconds(seconds), retrier.deadline.remaining(of: time))
        return HTTPLimits(total: total, connect: total, firstByte: total, bodyBytes: 64 * 1024)
    }

    /// A file that a configuration names, without the white space around its content.
    func read(_ path: String, for provider: some CredentialProvider) throws(CredentialError) -> Secret {
        do throws(LocalFailure) {
            if let content = try readFile(path) { return content.trimmed() }
        } catch {
            throw provider.failed(.unreadable(path: path, reason: error.reason))
        }
        throw provider.failed(.unreadable(path: path, reason: "there is no such file"))
    }
}
