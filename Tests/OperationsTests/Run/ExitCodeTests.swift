import Foundation
import Testing

@testable import Operations

@Suite struct ExitCodeTests {
    @Test("docs/exit-codes.md lists exactly the codes there are")
    func documented() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/exit-codes.md")
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .compactMap { $0.firstMatch(of: /^\| (\d+) \|/).flatMap { Int32($0.1) } }
        #expect(rows.sorted() == ExitCode.allCases.map(\.rawValue).sorted())
        #expect(Set(rows).count == rows.count)
    }
}
