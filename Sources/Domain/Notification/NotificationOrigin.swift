/// Who tells it, when, and where the whole story is.
package struct NotificationOrigin: Sendable {
    /// This program's version.
    package let version: String
    /// When the run ended.
    package let time: Timestamp
    /// The pipeline run it was part of.
    package let run: PipelineRun?

    package init(version: String, time: Timestamp, run: PipelineRun?) {
        (self.version, self.time, self.run) = (version, time, run)
    }
}
