/// A notification as plain JSON, for whatever program takes it (docs/notifications.md has the names, which stay).
package struct WebhookMessage: Sendable {
    private static let order = [
        "schema", "tool", "version", "command", "status", "time", "run", "counts", "items", "title", "facts", "name",
        "value", "failure", "step", "message", "advice", "failed", "succeeded", "unchanged",
    ]

    /// On one line, ASCII.
    package let json: String

    /// - Parameter notification: cleaned (``RunNotification/cleaned(_:)``).
    package init(_ notification: RunNotification, from origin: NotificationOrigin) {
        let counts = RunNotification.Status.allCases.map { status in
            (status.rawValue, JSONValue.integer(Int64(notification.count(of: status))))
        }
        var members: [String: JSONValue] = [
            "schema": .text(JSONReport.Schema.notification.rawValue), "tool": "keyless",
            "version": .text(origin.version),
            "command": .text(notification.command), "status": .text(notification.status.rawValue),
            "time": .text(origin.time.text), "counts": .members(Dictionary(counts) { $1 }),
            "items": .list(notification.items.map(Self.item)),
        ]
        members["run"] = origin.run.map { .text($0.link) }
        json = JSONValue.members(members).json(order: Self.order)
    }

    private static func item(_ item: RunNotification.Item) -> JSONValue {
        var members: [String: JSONValue] = [
            "title": .text(item.title), "status": .text(item.status.rawValue),
            "facts": .list(item.facts.map { .members(["name": .text($0.name), "value": .text($0.value)]) }),
        ]
        members["failure"] = item.failure.map { failure in
            .members([
                "step": .text(failure.step), "message": .text(failure.message),
                "advice": .list(failure.advice.map { .text($0) }),
            ])
        }
        return .members(members)
    }
}
