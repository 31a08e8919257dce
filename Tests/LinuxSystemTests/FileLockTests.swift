import Domain
import Foundation
import Testing

@testable import LinuxSystem

@Suite struct FileLockTests {
    @Test("a lock is held by one at a time, and waited for") func waiting() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("keyless-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try FileLock(path)
        #expect(try first.takeIfFree())
        let second = try FileLock(path)
        #expect(try !second.takeIfFree())
        #expect(try !second.take(patience: .milliseconds(20)))
        second.release()

        let third = try FileLock(path)
        DispatchQueue.global().async { first.release() }
        #expect(try third.take(patience: .seconds(60)))
        try third.note("one")
        try third.note("2")
        #expect(FileSystem.readPrivate(path, limit: 9)?.exposedText == "2")
        third.release()
    }

    @Test("what others could have written or read is not trusted") func privacy() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("keyless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (file, link) = (directory.appendingPathComponent("a").path, directory.appendingPathComponent("b").path)
        try FileSystem.replace(file, by: "contents")
        #expect(FileSystem.readPrivate(file, limit: 8)?.exposedText == "contents")
        #expect(FileSystem.readPrivate(file, limit: 7) == nil)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(FileSystem.readPrivate(link, limit: 8) == nil)
        #expect(FileSystem.readPrivate(directory.path, limit: 8) == nil)
        for mode in [0o640, 0o604, 0o620, 0o601] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            #expect(FileSystem.readPrivate(file, limit: 8) == nil)
        }
    }
}
