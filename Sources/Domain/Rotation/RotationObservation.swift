package import FoundationEssentials

/// How far Azure DevOps is with a service connection.
package enum ConnectionStatus: Sendable, Equatable {
    case ready
    case inProgress
    /// Its last update failed: it says what was put, and cannot be used.
    case failed
}

/// All that a rotation goes by: what IAM, Secrets Manager and Azure DevOps say, and what this run itself has seen.
package struct RotationObservation: Sendable, Equatable {
    /// The user's access keys, at most two.
    package var keys: [AccessKey]
    /// Last uses by key, of those that are not in the connection.
    package var uses: [String: AccessKeyUse]
    package var secret: SecretState
    /// The key in the service connection.
    package var connectionKey: String?
    package var connectionStatus: ConnectionStatus
    package var now: Date

    /// The keys whose secret this run holds, since it created them.
    package var held: Set<String> = []
    /// The keys that AWS accepted as often as was asked for in this run.
    package var accepted: Set<String> = []
    /// Whether this run has written to the service connection.
    package var hasWrittenConnection = false

    package init(
        keys: [AccessKey], uses: [String: AccessKeyUse] = [:], secret: SecretState, connectionKey: String?,
        connectionStatus: ConnectionStatus = .ready, now: Date
    ) {
        (self.keys, self.uses, self.secret) = (keys, uses, secret)
        (self.connectionKey, self.connectionStatus, self.now) = (connectionKey, connectionStatus, now)
    }

    package func key(_ id: String?) -> AccessKey? { keys.first { $0.id == id } }

    /// The same observation made again, with what this run has seen itself.
    package func keepingOwn(of earlier: RotationObservation) -> RotationObservation {
        var copy = self
        (copy.held, copy.accepted) = (earlier.held, earlier.accepted)
        copy.hasWrittenConnection = earlier.hasWrittenConnection
        return copy
    }
}
