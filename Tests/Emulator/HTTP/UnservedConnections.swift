import NIOCore

/// Connections that were accepted and that nobody serves yet. One that comes while its server stops stays here, since
/// NIO ends the process where an async channel goes that nobody has ever begun to serve.
enum UnservedConnections {
    private static let connections = Shared<[ObjectIdentifier: HTTPServer.Accepted]>([:])

    static func add(_ connection: HTTPServer.Accepted) {
        connections.change { $0[ObjectIdentifier(connection.channel)] = connection }
    }

    /// To be called when the connection has been served.
    static func remove(_ connection: HTTPServer.Accepted) {
        connections.change { _ = $0.removeValue(forKey: ObjectIdentifier(connection.channel)) }
    }
}
