import Foundation
import Testing

@testable import LinuxSystem

@Suite("A process of this machine") struct RunningProcessTests {
    @Test("is known with its ancestors and its program")
    func own() throws {
        let own = try #require(RunningProcess(getpid()))
        #expect(own.isRunning)
        #expect(RunningProcess.ancestors(of: getpid()).first?.id == getppid())
        let name = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #expect(own.isNamed(URL(fileURLWithPath: name).lastPathComponent))
        #expect(!own.isNamed("Agent.Worker"))
    }

    @Test("runs while it is stopped, and not when it has ended, fetched or not")
    func end() throws {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/cat")
        child.standardInput = Pipe()
        try child.run()
        let process = try #require(RunningProcess(child.processIdentifier))
        kill(process.id, SIGSTOP)
        #expect(process.isRunning)
        kill(process.id, SIGKILL)
        child.waitUntilExit()
        #expect(!process.isRunning)
        #expect(RunningProcess(process.id) == nil)
    }
}
