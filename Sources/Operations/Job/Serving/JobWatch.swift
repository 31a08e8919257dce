import Domain
import LinuxSystem

/// The process that lives as long as the job: what serves the job ends with it.
struct JobWatch: Sendable {
    /// The agent starts one for each job, and every step descends from it. Source: azure-pipelines-agent,
    /// `src/Agent.Worker`.
    private static let worker = "Agent.Worker"
    private static let pause = Duration.seconds(1)

    let process: RunningProcess

    /// Looks for it among those that this process descends from. Where the agent is not among them, what goes on in the
    /// foreground belongs to whoever started it; and what goes on in the background, outside of a pipeline, to the
    /// session: the terminal's shell, or what a scheduler has started.
    ///
    /// - Returns: `nil` where it cannot be seen, as from a job's container, which ends with the job by itself.
    static func find(isPipeline: Bool, isBackground: Bool) -> JobWatch? {
        if let worker = RunningProcess.ancestors(of: ThisProcess.id).first(where: { $0.isNamed(worker) }) {
            return JobWatch(process: worker)
        }
        let parent = ThisProcess.parent
        if !isBackground { return parent > 1 ? RunningProcess(parent).map(JobWatch.init) : nil }
        // Of the process that started this one, which has a session of its own.
        let leader = ThisProcess.sessionLeader(of: parent)
        guard !isPipeline, leader > 1, leader != parent, leader != ThisProcess.id else { return nil }
        return RunningProcess(leader).map(JobWatch.init)
    }

    /// Returns once it is gone, or the task is cancelled. Nobody tells of the end of a process that is not a child.
    func end(_ time: any TimeSource) async {
        while process.isRunning, (try? await time.sleep(for: Self.pause)) != nil {}
    }
}
