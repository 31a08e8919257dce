import Foundation

/// The lines of a stream, as they come.
enum Lines {
    /// Reads to the end on a thread of its own, since reading blocks.
    static func read(_ handle: FileHandle) -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                var rest: [UInt8] = []
                while true {
                    let data = handle.availableData
                    if data.isEmpty { break }
                    rest += data
                    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                        let line = rest[..<end]
                        let whole = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
                        continuation.yield(String(decoding: whole, as: UTF8.self))
                        rest.removeSubrange(...end)
                    }
                }
                if !rest.isEmpty { continuation.yield(String(decoding: rest, as: UTF8.self)) }
                continuation.finish()
            }
        }
    }
}
