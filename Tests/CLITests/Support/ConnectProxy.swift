import Foundation

/// A CONNECT proxy that leads hosts of the tests' own naming to servers on this machine; it ends with this object.
final class ConnectProxy: Sendable {
    /// For `HTTPS_PROXY`.
    let url: String
    private let input = Pipe()
    private let process = Process()

    /// - Parameter routes: the port on 127.0.0.1 for each host.
    init(routes: [String: Int]) throws {
        let script = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("CurlTransportTests/Fixtures/server.py").path
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try Child.program("python3"))
        process.arguments = [script, "proxy"] + routes.flatMap { ["--route", "\($0.key)=\($0.value)"] }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // The first line is its port; what it tells of later fits into the pipe.
        guard
            let line = String(data: output.fileHandleForReading.availableData, encoding: .utf8)?.split(separator: "\n"),
            let port = line.first.flatMap({ Int($0) })
        else { throw TestSetupError("\(script) did not start") }
        url = "http://127.0.0.1:\(port)"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
