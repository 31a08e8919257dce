import NIOCore

/// Passes what one side reads on to the other side, later.
final class DelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum Item {
        case bytes(ByteBuffer)
        /// The sender has nothing more to say.
        case end
        /// The connection is gone.
        case close
    }

    private let target: any Channel
    private let delay: TimeAmount
    /// What is sent before this moment counts as sent at it.
    private let notBefore: NIODeadline
    private var queue: [(due: NIODeadline, item: Item)] = []

    init(to target: any Channel, delay: TimeAmount, notBefore: NIODeadline) {
        (self.target, self.delay, self.notBefore) = (target, delay, notBefore)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        enqueue(.bytes(unwrapInboundIn(data)), on: context.eventLoop)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            enqueue(.end, on: context.eventLoop)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { enqueue(.close, on: context.eventLoop) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Due times never decrease, so one timer per item delivers them in order.
    private func enqueue(_ item: Item, on eventLoop: any EventLoop) {
        let due = max(NIODeadline.now(), notBefore) + delay
        queue.append((due, item))
        eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.deliver() }
    }

    private func deliver() {
        let now = NIODeadline.now()
        let count = queue.prefix { $0.due <= now }.count
        for (_, item) in queue.prefix(count) {
            switch item {
            case .bytes(let bytes): target.write(bytes, promise: nil)
            case .end:
                target.flush()
                target.close(mode: .output, promise: nil)
            case .close:
                target.flush()
                target.close(promise: nil)
            }
        }
        queue.removeFirst(count)
        target.flush()
    }
}
