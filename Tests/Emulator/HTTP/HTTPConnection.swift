import Domain
import Glibc
import NIOCore
import NIOHTTP1

/// Serves one connection after the other end has been accepted: reads requests, applies faults, writes answers.
///
/// Answers are put together here and not by NIO's encoder, since faults write what no encoder would.
struct HTTPConnection: Sendable {
    let service: HTTPServer.Service
    let faults: FaultPlan
    let log: RequestLog
    let time: any TimeSource
    let latency: Duration
    let isTLS: Bool
    let counts: Shared<HTTPServer.Counts>

    typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    typealias Writer = NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Whether the connection lives on after an answer.
    private enum Outcome { case keepAlive, close, reset }

    func serve(_ accepted: HTTPServer.Accepted) async throws {
        switch accepted {
        case .faulty(let channel, let fault): try await serve(channel, fault: fault)
        case .http(let channel, let number): try await serve(channel, number: number)
        }
    }

    /// A connection that fails before anything is said on it.
    private func serve(_ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, fault: Fault) async throws {
        try await channel.executeThenClose { inbound, outbound in
            switch fault {
            case .garbage: try await outbound.write(Self.garbage)
            case .silence: for try await _ in inbound {}
            default: try await channel.channel.triggerUserOutboundEvent(ResetConnection())
            }
        }
    }

    private func serve(_ channel: NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>, number: Int) async throws {
        try await channel.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            var outcome = Outcome.keepAlive
            while outcome == .keepAlive {
                do {
                    guard let request = try await read(from: &parts, connection: number, answering: outbound) else {
                        return
                    }
                    outcome = try await answer(request, on: outbound, unread: &parts)
                } catch is HTTPParserError {
                    try await send(ServerAnswer(status: 400), closes: true, on: outbound)
                    return
                }
            }
            if outcome == .reset { try await channel.channel.triggerUserOutboundEvent(ResetConnection()) }
        }
    }

    /// The next whole request; `nil` at the end of the connection, or after an answer that ends it.
    private func read(
        from parts: inout Parts, connection: Int, answering outbound: Writer
    ) async throws -> ServerRequest? {
        var head: HTTPRequestHead?
        var body: [UInt8] = []
        while let part = try await parts.next() {
            switch part {
            case .head(let next):
                head = next
                if next.headers["expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                    try await outbound.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
                }
            case .body(let bytes):
                body += bytes.readableBytesView
                guard body.count <= HTTPServer.bodyLimit else {
                    try await send(ServerAnswer(status: 413), closes: true, on: outbound)
                    return nil
                }
            case .end:
                guard let head else { return nil }
                let number = counts.change { counts in
                    counts.requests += 1
                    return counts.requests
                }
                return ServerRequest(
                    method: head.method.rawValue, target: head.uri, fields: head.headers.map { ($0.name, $0.value) },
                    body: body, isTLS: isTLS, keepsAlive: head.isKeepAlive, connection: connection, number: number)
            }
        }
        return nil
    }

    /// Answers one request, by the service or by what the fault plan says.
    private func answer(
        _ request: ServerRequest, on outbound: Writer, unread parts: inout Parts
    ) async throws -> Outcome {
        let operation = service.operation(request)
        let fault = faults.take(operation)
        let record = RequestLog.Record(
            service: service.name, operation: operation, request: request, arrived: time.now(), fault: fault?.name)
        log.arrived(record)
        let whole: ServerAnswer
        switch fault {
        case nil, .slowBody, .truncatedBody, .effectThenReset, .effectThenSilence:
            whole = await service.answer(request)
        case .answer(let answer): whole = answer
        case .rewrite(let rewrite): whole = rewrite(await service.answer(request))
        case .delay(let delay):
            whole = await service.answer(request)
            try await time.sleep(for: delay)
        case .reset, .garbage, .silence: whole = ServerAnswer(status: 0)
        }
        let isAnswered =
            switch fault {
            case .effectThenReset, .effectThenSilence, .reset, .garbage, .silence: false
            default: true
            }
        if latency > .zero { try await time.sleep(for: latency) }
        // Before the answer leaves: whoever has it may look into the log at once.
        log.answered(record, status: isAnswered ? whole.status : nil)
        return try await send(whole, to: request, fault: fault, on: outbound, unread: &parts)
    }

    private func send(
        _ answer: ServerAnswer, to request: ServerRequest, fault: Fault?, on outbound: Writer, unread parts: inout Parts
    ) async throws -> Outcome {
        let closes = !request.keepsAlive
        switch fault {
        case nil, .answer, .rewrite, .delay:
            try await send(answer, isHead: request.method == "HEAD", closes: closes, on: outbound)
            return closes ? .close : .keepAlive
        case .reset, .effectThenReset:
            return .reset
        case .truncatedBody:
            let half = answer.body.prefix(answer.body.count / 2)
            try await outbound.write(ByteBuffer(bytes: answer.head(date: time.now(), closes: false) + half))
            return .close
        case .slowBody(let pause):
            try await outbound.write(ByteBuffer(bytes: answer.head(date: time.now(), closes: closes)))
            for byte in answer.body {
                try await outbound.write(ByteBuffer(bytes: [byte]))
                try await time.sleep(for: pause)
            }
            return closes ? .close : .keepAlive
        case .garbage:
            try await outbound.write(Self.garbage)
            return .close
        case .silence, .effectThenSilence:
            while try await parts.next() != nil {}
            return .close
        }
    }

    private func send(
        _ answer: ServerAnswer, isHead: Bool = false, closes: Bool, on outbound: Writer
    ) async throws {
        let body = isHead ? [] : answer.body
        try await outbound.write(ByteBuffer(bytes: answer.head(date: time.now(), closes: closes) + body))
    }

    private static let garbage = ByteBuffer(string: "\u{16}\u{3}this is not HTTP\r\n\r\n")
}

/// Asked through the pipeline, ends the connection with a TCP reset: no TLS farewell, and what is unsent is dropped.
struct ResetConnection: Sendable {}

/// The first handler of a connection, below TLS, since a reset is the socket's business.
final class ResetHandler: ChannelOutboundHandler {
    typealias OutboundIn = NIOAny

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is ResetConnection else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        // Closing with a linger time of 0 is what makes the kernel send RST. On the event loop this is done at once.
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        context.close(promise: promise)
    }
}
