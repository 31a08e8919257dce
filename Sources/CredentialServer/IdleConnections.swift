import NIOCore

/// All connections, and the end of those that are too many or idle for too long. Used on the server's one thread alone.
final class IdleConnections {
    private let limit: Int
    private let patience: TimeAmount
    private let eventLoop: NIOIsolatedEventLoop
    private var connections: [ObjectIdentifier: Connection] = [:]
    private var isWatching = false

    init(limit: Int, patience: TimeAmount, eventLoop: NIOIsolatedEventLoop) {
        (self.limit, self.patience, self.eventLoop) = (max(limit, 1), patience, eventLoop)
    }

    /// Takes a new one in. Where there are too many, the one that has been idle longest is closed.
    func add(_ connection: Connection) {
        while connections.count >= limit, let longest = longestIdle { end(longest) }
        connections[ObjectIdentifier(connection)] = connection
        watch()
    }

    func remove(_ connection: Connection) { connections[ObjectIdentifier(connection)] = nil }

    private var longestIdle: Connection? { connections.values.min { $0.idleSince < $1.idleSince } }

    private func end(_ connection: Connection) {
        remove(connection)
        connection.close()
    }

    /// Looks again when the patience with somebody is at its end. Without connections nothing wakes the thread.
    private func watch() {
        guard !isWatching, let longest = longestIdle else { return }
        isWatching = true
        eventLoop.scheduleTask(deadline: longest.idleSince + patience) { [weak self] in self?.endOverdue(now: .now()) }
    }

    private func endOverdue(now: NIODeadline) {
        for connection in connections.values where connection.idleSince + patience <= now { end(connection) }
        isWatching = false
        watch()
    }
}
