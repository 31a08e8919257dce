import Domain
import Foundation
import Testing

@testable import LinuxSystem

@Suite struct FileSystemTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("keyless-\(UUID().uuidString)")

    private func path(_ name: String) throws -> String {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory.appendingPathComponent(name).path
    }

    @Test("a lock that another process keeps is waited for, and not for ever") func heldLock() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = try path("credentials")
        let other = open("\(file).keyless-lock", O_RDWR | O_CREAT, 0o600)
        #expect(flock(other, LOCK_EX) == 0)
        let failure = FileSystem.Failure(
            action: "write", path: file, reason: "another process holds \(file).keyless-lock")
        #expect(throws: failure) { try FileSystem.update(file, patience: .milliseconds(30)) { _ in "new" } }
        #expect(!FileManager.default.fileExists(atPath: file))

        close(other)
        try FileSystem.update(file, patience: .milliseconds(30)) { _ in "new" }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
    }

    @Test("a file is read to its end, though its size says 0") func sizeOfZero() throws {
        let environment = try #require(try FileSystem.read("/proc/self/environ"))
        #expect(environment.count > 1)
    }

    @Test("a file of the largest size is read, a larger one refused") func limit() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = try path("file")
        try Data(repeating: 0x61, count: 10).write(to: URL(fileURLWithPath: file))
        #expect(try FileSystem.read(file, limit: 10)?.count == 10)
        let failure = FileSystem.Failure(action: "read", path: file, reason: "it is larger than 9 bytes")
        #expect(throws: failure) { try FileSystem.read(file, limit: 9) }
    }
}
