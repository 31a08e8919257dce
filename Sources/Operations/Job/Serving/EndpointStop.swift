import Domain
import FoundationEssentials
import LinuxSystem

/// Ends the endpoints that this job has, and takes back what led to them.
struct EndpointStop {
    /// How long an endpoint may take to end.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(10)
    /// In bytes; the newest of a log that is longer is shown.
    private static let longestLog = 64 * 1024

    let format: HandoverFormat
    let context: Context
    let console: Console

    /// - Throws: ``ErrorReport`` where one cannot be ended.
    func run() async throws {
        let parent = CredentialEndpoint.parent(context)
        var (count, hidden) = (0, ErrorReport?.none)
        for directory in directories(in: parent) {
            switch directory.holder {
            case nil: continue
            case .nobody?: directory.remove()
            case .process(...0)?: hidden = Self.notVisible(directory)
            case .process(let id)?:
                try await end(id, directory)
                count += 1
            }
        }
        if count == 0 && hidden == nil { console.note("no endpoint is running under \(parent)") }
        if let hidden { throw hidden }
        try context.standardOutput.write(EndpointText.forgetting(format, context))
    }

    /// A job's are all in a directory of its own. Elsewhere other terminals may have some too, and only the one that this
    /// environment leads to is meant, where it leads to one.
    private func directories(in parent: String) -> [PrivateDirectory] {
        let all = PrivateDirectory.all(for: Serving.purpose, in: parent)
        guard !context.isPipeline, let token = context.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"),
            token.contains("/\(Serving.purpose).")
        else { return all }
        return all.filter { token.hasPrefix("\($0.path)/") }
    }

    private static func notVisible(_ directory: PrivateDirectory) -> ErrorReport {
        ErrorReport(
            .unavailable, "the endpoint of \(directory.path) belongs to a process of another container",
            hints: ["run 'keyless serve --stop' where it was started; it ends with that container too"])
    }

    private func end(_ id: Int32, _ directory: PrivateDirectory) async throws {
        // Opened now, since its name is gone with the endpoint.
        let log = FileTail("\(directory.path)/\(Serving.logName)")
        do throws(SystemError) {
            try RunningProcess.terminate(id)
        } catch {
            throw ErrorReport(.unexpected, "process \(id) cannot be ended: \(error)")
        }
        // It gives the lock up with its last breath, and nobody else is ever ended for it.
        let deadline = Deadline(in: Self.patience, of: context.time)
        while directory.holder == .process(id) {
            if deadline.remaining(of: context.time) == .zero { RunningProcess.kill(id) }
            try await context.time.sleep(for: Self.pause)
        }
        // Where it did not come to that itself.
        directory.remove()
        // What it said while nobody was there to read it.
        if let said = log?.read(limit: Self.longestLog) { try? context.standardError.write(said) }
        console.note("ended the endpoint of process \(id)")
    }
}
