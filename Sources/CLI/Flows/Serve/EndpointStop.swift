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
        var count = 0
        for directory in directories(in: parent) {
            switch directory.holder {
            case nil: continue
            case .nobody?: directory.remove()
            case .process(let id)?:
                guard id > 0 else { throw Self.notVisible(directory) }
                try await end(id, directory)
                count += 1
            }
        }
        if count == 0 { console.note("no endpoint is running under \(parent)") }
        try context.standardOutput.write(EndpointText.forgetting(format))
    }

    /// A job's are all in a directory of its own. Elsewhere other terminals may have some too, and only the one that this
    /// environment leads to is meant, where it leads to one.
    private func directories(in parent: String) -> [PrivateDirectory] {
        let all = PrivateDirectory.all(for: Serving.purpose, in: parent)
        guard !context.isPipeline, let token = context.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"),
            let own = all.first(where: { token.hasPrefix("\($0.path)/") })
        else { return all }
        return [own]
    }

    private static func notVisible(_ directory: PrivateDirectory) -> ErrorReport {
        ErrorReport(
            .unavailable, "the endpoint of \(directory.path) belongs to a process of another container",
            hints: ["run 'keyless serve --stop' where it was started; it ends with that container too"])
    }

    private func end(_ id: pid_t, _ directory: PrivateDirectory) async throws {
        guard let process = RunningProcess(id) else { return directory.remove() }
        // Open now, since it is gone with the endpoint.
        let log = open("\(directory.path)/\(Serving.logName)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        defer { if log >= 0 { close(log) } }
        guard kill(id, SIGTERM) == 0 || errno == ESRCH else {
            throw ErrorReport(.unexpected, "process \(id) cannot be ended: \(SystemError("kill"))")
        }
        let deadline = Deadline(in: Self.patience, of: context.time)
        while process.isRunning {
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
        guard log >= 0, let bytes = try? POSIX.readAll(from: log, limit: 64 * 1024), !bytes.isEmpty else { return }
        try? context.standardError.write(Secret(bytes: bytes))
    }
}
