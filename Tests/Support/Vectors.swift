import Foundation

/// The files of `Tests/Vectors/`, whose README says where they come from.
package enum Vectors {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors")

    private struct Tests<Test: Decodable>: Decodable { let tests: [Test] }

    private struct Cases<Case: Decodable>: Decodable { let cases: [Case] }

    /// A file as a text.
    package static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
    }

    /// A file of JSON.
    package static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: path)))
    }

    /// What a file of JSON has under `cases`.
    package static func cases<Case: Decodable>(_ type: Case.Type, _ path: String) throws -> [Case] {
        try decode(Cases<Case>.self, path).cases
    }

    /// What a file of JSON has under `tests`.
    package static func tests<Test: Decodable>(_ type: Test.Type, _ path: String) throws -> [Test] {
        try decode(Tests<Test>.self, path).tests
    }

    /// The names of the folders in a folder, sorted.
    package static func folders(in path: String) throws -> [String] {
        let base = folder.appending(path: path)
        return try FileManager.default.contentsOfDirectory(atPath: base.path)
            .filter { FileManager.default.fileExists(atPath: base.appending(path: "\($0)/.").path) }
            .sorted()
    }
}
