import Foundation

/// The request log on disk. Lines are written whole, one after the other.
final class LogFile: Sendable {
    private let handle: FileHandle
    private let lock = NSLock()

    /// - Throws: where the file cannot be made.
    init(_ path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func append(_ line: String) {
        lock.withLock { try? handle.write(contentsOf: Data("\(line)\n".utf8)) }
    }
}
