package import Domain
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Gives credentials to the AWS SDKs of this machine by the container-credentials protocol: HTTP/1.1 on a loopback
/// address, for whoever has the token.
///
/// Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
package final class CredentialServer: Sendable {
    /// Why it does not listen.
    package struct StartError: Error, Sendable, Equatable {
        /// The one that was asked for; 0 for any.
        package let port: Int
        /// The system's error number; `nil` where it gave none.
        package let code: Int32?
    }

    /// How it listens, and to whom.
    package struct Configuration: Sendable {
        /// 0 for any that is free.
        package var port: Int
        /// The most connections at once. Beyond them the one that has been idle longest goes.
        package var connectionLimit: Int
        /// How long a connection may be without a whole request.
        package var patience: Duration

        package init(port: Int = 0, connectionLimit: Int = 512, patience: Duration = .seconds(10)) {
            (self.port, self.connectionLimit, self.patience) = (port, connectionLimit, patience)
        }
    }

    /// The only address it ever listens on.
    private static let address = "127.0.0.1"

    /// The largest request line and header, in bytes. An SDK's have a few hundred.
    private static let requestLimit = 8 * 1024
    private static let requestLimits = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        (limits.maxHeaderFieldSize, limits.maxHeaderListSize) = (requestLimit, requestLimit)
        limits.maxHeaderFieldCount = 64
        return limits
    }()

    /// What it listens on.
    package let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let state: NIOLoopBound<State>
    /// Nothing may be asked of the thread once it has been told to end.
    private let isRunning = Mutex(true)

    /// What belongs to the server's thread.
    private struct State {
        let board: CredentialBoard
        let connections: IdleConnections
    }

    /// Begins to listen. There is nothing to give before ``offer(_:at:)``.
    ///
    /// - Parameters:
    ///   - time: by which credentials end.
    ///   - isAuthorized: whether an `Authorization` header has the token, found out in constant time.
    /// - Throws: ``StartError``.
    package static func start(
        _ configuration: Configuration, time: any TimeSource, isAuthorized: @escaping @Sendable (String) -> Bool
    ) async throws(StartError) -> CredentialServer {
        guard let asked = UInt16(exactly: configuration.port),
            let endpoint = try? SocketAddress(ipAddress: address, port: Int(asked))
        else { throw StartError(port: configuration.port, code: nil) }
        // One thread: an answer is a few microseconds of work, and nothing needs a lock.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.any()
        do {
            let state = try await loop.submit {
                let isolated = loop.assumeIsolated()
                return NIOLoopBound(
                    State(
                        board: CredentialBoard(time: time),
                        connections: IdleConnections(
                            limit: configuration.connectionLimit, patience: TimeAmount(configuration.patience),
                            eventLoop: isolated)),
                    eventLoop: loop)
            }.get()
            let listener = try await bootstrap(group, state, isAuthorized).bind(to: endpoint).get()
            return CredentialServer(listener, group, state)
        } catch {
            try? await group.shutdownGracefully()
            throw StartError(port: configuration.port, code: (error as? IOError)?.errnoCode)
        }
    }

    private static func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ state: NIOLoopBound<State>,
        _ isAuthorized: @escaping @Sendable (String) -> Bool
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let rules = RequestRules(port: channel.localAddress?.port ?? 0, isAuthorized: isAuthorized)
                    let pipeline = channel.pipeline.syncOperations
                    // Whoever asks without reading the answers is not read on.
                    try pipeline.addHandler(BackPressureHandler())
                    try pipeline.addHandler(
                        ByteToMessageHandler(
                            HTTPRequestDecoder(limitConfiguration: requestLimits), maximumBufferSize: requestLimit))
                    try pipeline.addHandler(Connection(channel, rules, state.value.board, state.value.connections))
                }
            }
    }

    private init(
        _ listener: any Channel, _ group: MultiThreadedEventLoopGroup, _ state: NIOLoopBound<State>
    ) {
        (self.listener, self.group, self.state) = (listener, group, state)
        port = listener.localAddress?.port ?? 0
    }

    /// Puts credentials at a path, in the place of those that are there.
    ///
    /// - Parameter path: begins with `/`. Callers send it as it is, without a query.
    package func offer(_ offer: CredentialOffer, at path: String) async {
        let state = state
        let done = isRunning.withLock { isRunning in
            isRunning ? listener.eventLoop.submit { state.value.board.put(offer, at: path) } : nil
        }
        try? await done?.get()
    }

    /// Closes the listener and every connection; returns when all are gone.
    package func stop() async {
        let isFirst = isRunning.withLock { isRunning in
            defer { isRunning = false }
            return isRunning
        }
        guard isFirst else { return }
        try? await listener.close()
        try? await group.shutdownGracefully()
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        self = .nanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
