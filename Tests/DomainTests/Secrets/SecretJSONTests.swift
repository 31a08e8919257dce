import Foundation
import Testing

@testable import Domain

@Suite struct SecretJSONTests {
    @Test("a tree is written on one line, members by the alphabet")
    func tree() {
        let value = SecretJSON.members([
            "b": .list([.value(.integer(1)), .secret("s"), .list([]), .members([:])]),
            "a": .members(["\"": .value(.null)]),
        ])
        #expect(value.text.exposedText == #"{"a":{"\"":null},"b":[1,"s",[],{}]}"#)
    }

    @Test("any secret text is read back as it was", arguments: ["", "a\"\\/\u{8}\u{1F}\u{7F}\r\n", "ü€🔑", "\\u0041"])
    func roundTrip(text: String) throws {
        let json = SecretJSON.list([.secret(Secret(text))]).text
        #expect(try JSONDecoder().decode([String].self, from: Data(json.withExposedBytes { $0 })) == [text])
    }
}
