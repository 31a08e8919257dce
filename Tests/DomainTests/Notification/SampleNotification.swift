import Domain
import Foundation

extension NotificationOrigin {
    /// A run of a pipeline on 4 March 2026.
    static let sample = NotificationOrigin(
        version: "1.2.3", time: Timestamp(Date(timeIntervalSince1970: 1_772_600_767)),
        run: PipelineRun(collectionURI: "https://dev.azure.com/contoso/", project: "Web Shop", buildID: "42"))
}

extension RunNotification {
    /// One rotation of each kind.
    static let sample = RunNotification(
        command: "rotate",
        items: [
            .succeeded("a → b (contoso/Web Shop)", facts: [Fact("new key", "AKIAIOSFODNN7EXAMPLE")]),
            .unchanged("c → d"),
            .failed(
                "e → f", facts: [Fact("old key", "AKIAOLD")],
                Failure(
                    step: "update the service connection", message: "it is <gone>", advice: ["look & see", "again"])
            ),
        ])

    /// One that failed, with these words everywhere.
    static func saying(_ text: String) -> RunNotification {
        RunNotification(
            command: text,
            items: [
                .failed(
                    text, facts: [Fact(text, text)], Failure(step: text, message: text, advice: [text]))
            ])
    }
}
