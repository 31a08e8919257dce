import NIOCore
import NIOPosix

/// A TCP relay on the loopback interface that makes a server seem far away.
///
/// What it simulates: every byte arrives half a round trip after it was sent, in either direction, its order and its
/// pace kept; so does the end of the stream. Bytes in flight are not limited, so throughput is the machine's own. A
/// connection costs one round trip before it carries anything: connecting to the relay itself takes no time, so what
/// the client sends during the first round trip leaves only at its end, as it would behind a real handshake.
///
/// What it does not: loss, congestion windows (a real link needs more round trips for the first large answer), jitter,
/// the round trip of a name's resolution, and refusals, which come late and as an ended connection.
package final class DelayingRelay: Sendable {
    /// The port it listens on.
    package let port: Int
    private let listener: any Channel
    private let connections: Shared<[ObjectIdentifier: any Channel]>

    /// Begins to listen on 127.0.0.1.
    ///
    /// - Parameters:
    ///   - target: the port on 127.0.0.1 to pass everything on to.
    ///   - roundTripTime: twice the delay of each direction.
    /// - Throws: where no port can be had.
    package static func start(to target: Int, roundTripTime: Duration) async throws -> DelayingRelay {
        let delay = TimeAmount(roundTripTime / 2)
        let connections = Shared<[ObjectIdentifier: any Channel]>([:])
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { client in
                connections.change { $0[ObjectIdentifier(client)] = client }
                client.closeFuture.whenComplete { _ in connections.change { $0[ObjectIdentifier(client)] = nil } }
                return connect(client, to: target, delay: delay)
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return DelayingRelay(listener: listener, connections: connections)
    }

    private init(listener: any Channel, connections: Shared<[ObjectIdentifier: any Channel]>) {
        (self.listener, self.connections) = (listener, connections)
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    /// Closes the listener and every connection.
    package func stop() async {
        try? await listener.close()
        for connection in connections.value.values { try? await connection.close() }
    }

    /// Opens the far side on the client's own event loop and ties the two together.
    private static func connect(_ client: any Channel, to target: Int, delay: TimeAmount) -> EventLoopFuture<Void> {
        let usable = NIODeadline.now() + delay + delay
        return ClientBootstrap(group: client.eventLoop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: target)
            .flatMapThrowing { server in
                try client.pipeline.syncOperations.addHandler(
                    DelayHandler(to: server, delay: delay, notBefore: usable))
                try server.pipeline.syncOperations.addHandler(
                    DelayHandler(to: client, delay: delay, notBefore: .distantPast))
            }
    }
}
