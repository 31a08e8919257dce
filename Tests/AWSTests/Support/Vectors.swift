import FoundationEssentials

/// The files of `Vectors/`, beside these tests.
enum Vectors {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors")

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: path)))
    }

    /// The names of the folders in a folder, sorted.
    static func folders(in path: String) throws -> [String] {
        let base = folder.appending(path: path)
        return try FileManager.default.contentsOfDirectory(atPath: base.path)
            .filter { FileManager.default.fileExists(atPath: base.appending(path: "\($0)/.").path) }
            .sorted()
    }
}
