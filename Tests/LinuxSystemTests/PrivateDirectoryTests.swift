import Domain
import Foundation
import TestSupport
import Testing

@testable import LinuxSystem

@Suite("A directory of a process's own") struct PrivateDirectoryTests {
    private let parent = FileManager.default.temporaryDirectory.appendingPathComponent("keyless-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true) }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    @Test("is its user's alone, and goes with its files")
    func modes() throws {
        let directory = try PrivateDirectory(for: "keyless-test", in: parent.path)
        let file = try directory.write("secret", as: "token")
        #expect(try mode(directory.path) == 0o700)
        #expect(try mode(file) == 0o600)
        #expect(throws: FileSystem.Failure.self) { try directory.write("other", as: "token") }
        directory.remove()
        #expect(names.isEmpty)
        try FileManager.default.removeItem(at: parent)
    }

    /// Has another process hold, and then leave, a directory as `serve` has one.
    @Test("is told from one whose process is no more, which goes when the next is made")
    func abandoned() async throws {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: try TestPython.path())
        child.arguments = [
            "-c",
            """
            import fcntl, os, sys
            os.mkdir("\(parent.path)/keyless-test.aaaaaa", 0o700)
            lock = open("\(parent.path)/keyless-test.aaaaaa/lock", "w")
            fcntl.lockf(lock, fcntl.LOCK_EX)
            open("\(parent.path)/keyless-test.aaaaaa/token", "w").close()
            os.write(1, b".")
            sys.stdin.read()
            """,
        ]
        let (input, output) = (Pipe(), Pipe())
        (child.standardInput, child.standardOutput) = (input, output)
        try child.run()
        #expect(output.fileHandleForReading.availableData == Data(".".utf8))
        // Neither one without a lock nor one that others may enter is anybody's business.
        for name in ["keyless-test.nolock", "keyless-test.open"] {
            try FileManager.default.createDirectory(
                at: parent.appendingPathComponent(name), withIntermediateDirectories: false,
                attributes: [.posixPermissions: name.hasSuffix("open") ? 0o755 : 0o700])
        }
        #expect(
            PrivateDirectory.all(for: "keyless-test", in: parent.path).map(\.holder) == [
                .process(child.processIdentifier), nil,
            ])
        try PrivateDirectory(for: "keyless-test", in: parent.path).remove()
        #expect(names.contains("keyless-test.aaaaaa"))

        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        try PrivateDirectory(for: "keyless-test", in: parent.path).remove()
        #expect(names.sorted() == ["keyless-test.nolock", "keyless-test.open"])
        try FileManager.default.removeItem(at: parent)
    }
}
