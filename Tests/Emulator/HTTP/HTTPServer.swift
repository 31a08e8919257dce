package import Domain
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP/1.1 server on the loopback interface that keeps connections alive, answers with a closure, and fails on
/// demand (``FaultPlan``).
package final class HTTPServer: Sendable {
    /// What decides the answers.
    package struct Service: Sendable {
        /// The name in the request log.
        let name: String
        /// The operation a request asks for, by which faults are planned.
        let operation: @Sendable (ServerRequest) -> String
        let answer: @Sendable (ServerRequest) async -> ServerAnswer

        package init(
            name: String = "server", operation: @escaping @Sendable (ServerRequest) -> String = { $0.path },
            answer: @escaping @Sendable (ServerRequest) async -> ServerAnswer
        ) {
            (self.name, self.operation, self.answer) = (name, operation, answer)
        }
    }

    /// How many there were so far.
    struct Counts {
        var connections = 0
        var requests = 0
    }

    /// An accepted connection, as its pipeline reads it.
    enum Accepted: Sendable {
        case http(NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>, number: Int)
        /// One that a fault has met: no TLS, no HTTP.
        case faulty(NIOAsyncChannel<ByteBuffer, ByteBuffer>, Fault)

        var channel: any Channel {
            switch self {
            case .http(let channel, _): channel.channel
            case .faulty(let channel, _): channel.channel
            }
        }

        /// The loop that its bytes come from.
        var eventLoop: any EventLoop { channel.eventLoop }
    }

    /// The largest request body, in bytes.
    static let bodyLimit = 1 << 20

    /// The port it listens on; the system chose it.
    package let port: Int
    package let isTLS: Bool
    private let counts: Shared<Counts>
    private let acceptor: Task<Void, Never>

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: a loopback address.
    ///   - identity: the certificate for TLS (1.2 or newer); plain http without.
    ///   - faults: what goes wrong.
    ///   - log: told of every request.
    ///   - time: for the `Date` of answers and the faults that take time.
    ///   - latency: how much later than it could every answer leaves.
    /// - Throws: where the address cannot be bound or the identity cannot be read.
    package static func start(
        on address: String = "127.0.0.1", identity: ServerIdentity? = nil, faults: FaultPlan = FaultPlan(),
        log: RequestLog = RequestLog(), time: any TimeSource = SandboxClock(), latency: Duration = .zero,
        service: Service
    ) async throws -> HTTPServer {
        let tls = try identity.map(tlsContext)
        let counts = Shared(Counts())
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            // A client may have said all it has to say and still wait for its answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(host: address, port: 0) { channel in
                let number = counts.change { counts in
                    counts.connections += 1
                    return counts.connections
                }
                return channel.eventLoop.makeCompletedFuture {
                    let accepted = try configure(
                        channel, number: number, tls: tls, fault: faults.take(FaultPlan.connection(to: service.name)))
                    UnservedConnections.add(accepted)
                    return accepted
                }
            }
        let connection = HTTPConnection(
            service: service, faults: faults, log: log, time: time, latency: latency, isTLS: tls != nil,
            counts: counts)
        let acceptor = Task { await accept(from: listener, with: connection) }
        return HTTPServer(
            port: listener.channel.localAddress?.port ?? 0, isTLS: tls != nil, counts: counts, acceptor: acceptor)
    }

    /// The same for a single closure.
    package static func start(
        identity: ServerIdentity? = nil, faults: FaultPlan = FaultPlan(),
        answer: @escaping @Sendable (ServerRequest) async -> ServerAnswer
    ) async throws -> HTTPServer {
        try await start(identity: identity, faults: faults, service: Service(answer: answer))
    }

    private init(port: Int, isTLS: Bool, counts: Shared<Counts>, acceptor: Task<Void, Never>) {
        (self.port, self.isTLS, self.counts, self.acceptor) = (port, isTLS, counts, acceptor)
    }

    deinit { acceptor.cancel() }

    /// Closes the listener and every connection; returns when all are gone.
    package func stop() async {
        acceptor.cancel()
        await acceptor.value
    }

    /// `https://localhost:PORT`, or `http://…` without TLS.
    package var url: String { "\(isTLS ? "https" : "http")://localhost:\(port)" }

    /// Connections accepted so far.
    package var connectionCount: Int { counts.value.connections }

    /// Whole requests read so far.
    package var requestCount: Int { counts.value.requests }

    private static func tlsContext(_ identity: ServerIdentity) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(identity.chainFile).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.keyFile, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // An idle client does not answer our farewell until it next looks; nobody should wait for that.
        configuration.shutdownTimeout = .milliseconds(50)
        return try NIOSSLContext(configuration: configuration)
    }

    private static func configure(
        _ channel: any Channel, number: Int, tls: NIOSSLContext?, fault: Fault?
    ) throws -> Accepted {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(ResetHandler())
        if let fault { return .faulty(try NIOAsyncChannel(wrappingChannelSynchronously: channel), fault) }
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        return .http(try NIOAsyncChannel(wrappingChannelSynchronously: channel), number: number)
    }

    /// Serves every connection in a task of its own until cancelled.
    private static func accept(from listener: NIOAsyncChannel<Accepted, Never>, with connection: HTTPConnection) async {
        await withDiscardingTaskGroup { group in
            // What a client does to its connection is no error of the server's, and a listener fails only by ending.
            try? await listener.executeThenClose { inbound in
                for try await accepted in inbound {
                    group.addTask(executorPreference: EventLoopExecutor(accepted.eventLoop)) {
                        try? await connection.serve(accepted)
                        UnservedConnections.remove(accepted)
                    }
                }
            }
            group.cancelAll()
        }
    }
}

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

/// Runs a connection's task where its bytes arrive, on the thread of its event loop: an answer then waits for no other
/// thread to wake, which takes as long as making it.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
