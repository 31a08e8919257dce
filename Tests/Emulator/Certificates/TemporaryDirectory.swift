import Foundation

/// A directory of its own, mode 0700, that goes when the last reference goes.
package final class TemporaryDirectory: Sendable {
    /// Absolute, without a slash at the end.
    package let path: String

    /// - Throws: what the file system says.
    package init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("keyless-sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of `name` inside.
    package func file(_ name: String) -> String { "\(path)/\(name)" }
}
