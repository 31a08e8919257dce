import Foundation

/// The files of `Vectors/`, beside these tests.
enum Vectors {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors")

    private struct File<Test: Decodable>: Decodable { let tests: [Test] }

    /// What a file has under `tests`.
    static func tests<Test: Decodable>(_ type: Test.Type, _ path: String) throws -> [Test] {
        try JSONDecoder().decode(File<Test>.self, from: Data(contentsOf: folder.appending(path: path))).tests
    }
}
