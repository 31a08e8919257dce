import NIOCore
import NIOHTTP1

/// One connection: answers each request as soon as its head is there.
///
/// An answer that ends the connection closes its own direction only, and then reads and drops until the caller has
/// closed too: to close with bytes unread is to reset, and a reset can overtake the answer (RFC 9112 §9.6).
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// Since when there has been no whole request.
    private(set) var idleSince = NIODeadline.now()

    private let rules: RequestRules
    private let board: CredentialBoard
    private let connections: IdleConnections
    private let channel: any Channel
    private var isEnding = false

    init(_ channel: any Channel, _ rules: RequestRules, _ board: CredentialBoard, _ connections: IdleConnections) {
        (self.channel, self.rules, self.board, self.connections) = (channel, rules, board, connections)
    }

    func channelActive(context: ChannelHandlerContext) { connections.add(self) }

    func channelInactive(context: ChannelHandlerContext) { connections.remove(self) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): answer(head, context)
        case .body: break
        case .end: idleSince = .now()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return }
        // The caller will say no more, but may still read: all before this goes out first.
        isEnding = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { [weak self] _ in
            self?.close()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow: end(with: RequestRules.tooLarge.answer, context)
        case is HTTPParserError: end(with: RequestRules.malformed.answer, context)
        // More of what was not understood.
        case ByteToMessageDecoderError.dataReceivedInErrorState: break
        default: close()
        }
    }

    /// Closes at once.
    func close() {
        isEnding = true
        channel.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        do throws(RequestRules.Refusal) {
            let path = try rules.path(head)
            guard let answer = board.answer(at: path) else { throw RequestRules.notFound }
            // NIO's decoder stops where another protocol is offered.
            if head.isKeepAlive, head.version == .http1_1, !head.headers.contains(name: "upgrade") {
                context.write(wrapOutboundOut(answer.bytes), promise: nil)
            } else {
                end(with: answer, context)
            }
        } catch {
            end(with: error.answer, for: head.method, context)
        }
    }

    private func end(with answer: Answer, for method: HTTPMethod = .GET, _ context: ChannelHandlerContext) {
        guard !isEnding else { return }
        isEnding = true
        for part in answer.last(for: method) { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
        context.close(mode: .output, promise: nil)
    }
}
