import Foundation

/// The files of `Vectors/`, beside these tests.
enum Vectors {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors")

    private struct File<Test: Decodable>: Decodable { let tests: [Test] }

    private struct Cases<Case: Decodable>: Decodable { let cases: [Case] }

    /// What a file has under `cases`.
    static func cases<Case: Decodable>(_ type: Case.Type, _ path: String) throws -> [Case] {
        try JSONDecoder().decode(Cases<Case>.self, from: Data(contentsOf: folder.appending(path: path))).cases
    }

    /// What a file has under `tests`.
    static func tests<Test: Decodable>(_ type: Test.Type, _ path: String) throws -> [Test] {
        try JSONDecoder().decode(File<Test>.self, from: Data(contentsOf: folder.appending(path: path))).tests
    }
}
