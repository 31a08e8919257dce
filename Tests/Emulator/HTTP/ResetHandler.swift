import Glibc
import NIOCore

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
