import NIOCore
import NIOPosix

/// An HTTP proxy on the loopback interface that leads `CONNECT HOST:443` to servers on this machine, so that hosts of
/// any name can be played. Every other host it refuses with 502, as a proxy does whose host does not answer.
package final class ConnectProxy: Sendable {
    /// For `HTTPS_PROXY`.
    package let url: String
    private let listener: any Channel
    private let connections: Shared<[ObjectIdentifier: any Channel]>

    /// Begins to listen on 127.0.0.1.
    ///
    /// - Parameter routes: the port on 127.0.0.1 for each host.
    /// - Throws: where no port can be had.
    package static func start(routes: [String: Int]) async throws -> ConnectProxy {
        let connections = Shared<[ObjectIdentifier: any Channel]>([:])
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { client in
                connections.change { $0[ObjectIdentifier(client)] = client }
                client.closeFuture.whenComplete { _ in connections.change { $0[ObjectIdentifier(client)] = nil } }
                return client.eventLoop.makeCompletedFuture {
                    try client.pipeline.syncOperations.addHandler(ConnectHandler(routes: routes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ConnectProxy(listener: listener, connections: connections)
    }

    private init(listener: any Channel, connections: Shared<[ObjectIdentifier: any Channel]>) {
        (self.listener, self.connections) = (listener, connections)
        url = "http://127.0.0.1:\(listener.localAddress?.port ?? 0)"
    }

    deinit { listener.close(promise: nil) }

    /// Closes the listener and every connection.
    package func stop() async {
        try? await listener.close()
        for connection in connections.value.values { try? await connection.close() }
    }
}

/// Reads the head of one request, and makes a tunnel of the connection.
private final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let longestHead = 8192

    private let routes: [String: Int]
    private var head = ""

    init(routes: [String: Int]) { self.routes = routes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        head += String(buffer: unwrapInboundIn(data))
        // Nobody sends anything more before the answer.
        guard head.hasSuffix("\r\n\r\n") else {
            if head.utf8.count > Self.longestHead { context.close(promise: nil) }
            return
        }
        let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count == 3, words[0] == "CONNECT", words[1].hasSuffix(":443"),
            let port = routes[String(words[1].dropLast(4)).lowercased()]
        else {
            let refusal = ByteBuffer(string: "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(refusal)).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
            return
        }
        let client = context.channel
        ClientBootstrap(group: client.eventLoop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port)
            .assumeIsolated()
            .flatMapThrowing { server in
                let (near, far) = (client.pipeline.syncOperations, server.pipeline.syncOperations)
                try far.addHandler(DelayHandler(to: client, delay: .zero, notBefore: .distantPast))
                try near.addHandler(DelayHandler(to: server, delay: .zero, notBefore: .distantPast))
                client.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"), promise: nil)
                _ = near.removeHandler(self)
            }
            .whenFailure { _ in client.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
