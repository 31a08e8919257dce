import Domain
import FoundationEssentials
import Glibc

/// Ends the endpoints that this job has, and takes back what led to them.
struct EndpointStop {
    /// How long an endpoint may take to end.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(10)

    let format: AssumeFormat
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

    private func end(_ id: pid_t, _ directory: PrivateDirectory) async throws {
        // Open now, since it is gone with the endpoint.
        let log = open("\(directory.path)/\(Serving.logName)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        defer { if log >= 0 { close(log) } }
        guard kill(id, SIGTERM) == 0 || errno == ESRCH else {
            throw ErrorReport(.unexpected, "process \(id) cannot be ended: \(SystemError("kill"))")
        }
        // It gives the lock up with its last breath, and nobody else is ever ended for it.
        let deadline = Deadline(in: Self.patience, of: context.time)
        while directory.holder == .process(id) {
            if deadline.remaining(of: context.time) == .zero { kill(id, SIGKILL) }
            try await context.time.sleep(for: Self.pause)
        }
        // Where it did not come to that itself.
        directory.remove()
        relay(log)
        console.note("ended the endpoint of process \(id)")
    }

    /// What it said while nobody was there to read it.
    private func relay(_ log: Int32) {
        // The newest of it, where it is long.
        guard log >= 0, lseek(log, max(0, lseek(log, 0, SEEK_END) - 64 * 1024), SEEK_SET) >= 0,
            let bytes = try? POSIX.readAll(from: log, limit: 64 * 1024), !bytes.isEmpty
        else { return }
        try? context.standardError.write(Secret(bytes: bytes))
    }
}
