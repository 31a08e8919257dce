import Foundation
import Glibc
import Synchronization

/// A TCP connection that says exactly what it is told. Waits no longer than a minute for anything.
final class RawConnection: Sendable {
    struct SystemError: Error, Equatable { let code: Int32 }

    private let descriptor: Int32
    private let received = Mutex<[UInt8]>([])

    /// - Throws: ``SystemError``.
    init(port: Int, address: String = "127.0.0.1") throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, address, &target.sin_addr)
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        let result = withUnsafePointer(to: &target) { target in
            target.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw SystemError(code: errno) }
    }

    deinit { close(descriptor) }

    /// - Parameter isLast: whether nothing more will be said; what comes is still read.
    func send(_ text: String, isLast: Bool = false) async throws { try await send(Array(text.utf8), isLast: isLast) }

    func send(_ bytes: [UInt8], isLast: Bool = false) async throws {
        try await blocking { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw SystemError(code: errno) }
                rest = rest.dropFirst(count)
            }
            if isLast { shutdown(descriptor, Int32(SHUT_WR)) }
        }
    }

    /// The next answer.
    ///
    /// - Parameter hasBody: `false` for what answers a `HEAD`.
    /// - Throws: ``SystemError``; code 0 where the connection ended before.
    func answer(hasBody: Bool = true) async throws -> RawAnswer {
        try await blocking {
            while true {
                let answer = self.received.withLock { RawAnswer(takenFrom: &$0, hasBody: hasBody) }
                if let answer { return answer }
                guard try self.receive() else { throw SystemError(code: 0) }
            }
        }
    }

    /// What still comes until the server ends the connection.
    ///
    /// - Throws: ``SystemError``, `ECONNRESET` where the connection was cut.
    func rest() async throws -> String {
        try await blocking {
            while try self.receive() {}
            return self.received.withLock { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw SystemError(code: errno) }
        received.withLock { $0 += buffer.prefix(count) }
        return count > 0
    }

    private func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }
}
