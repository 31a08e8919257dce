import Foundation
import TestSupport
import Testing

@testable import Domain

/// Real shells read what was written, and hand it on to a real process.
@Suite("Formats for shells, read by the shells")
struct ShellFormatTests {
    /// A format, and how a user of that shell would take it in. `$1` or `$argv[1]` is the file that holds it.
    struct Reader: CustomTestStringConvertible {
        let format: CredentialFormat
        let shell: String
        let options: [String]
        let script: String

        var testDescription: String { "\(format.rawValue) in \(shell): \(script)" }

        static let all: [Reader] =
            ["bash", "dash", "zsh"].flatMap { shell in
                let options = shell == "zsh" ? ["-f", "-c"] : ["-c"]
                return [
                    Reader(format: .env, shell: shell, options: options, script: #"eval "$(cat "$1")"; exec env -0"#),
                    Reader(format: .env, shell: shell, options: options, script: #". "$1"; exec env -0"#),
                    Reader(
                        format: .envNoExport, shell: shell, options: options, script: #"set -a; . "$1"; exec env -0"#),
                    Reader(format: .dotenv, shell: shell, options: options, script: #"set -a; . "$1"; exec env -0"#),
                ]
            } + [
                Reader(
                    format: .fish, shell: "fish", options: ["--no-config", "-c"], script: "source $argv[1]; exec env -0"
                ),
                Reader(
                    format: .fish, shell: "fish", options: ["--no-config", "-c"],
                    script: "cat $argv[1] | source; exec env -0"),
            ]

        /// The environment of a process that the shell starts once it has read the text.
        func environment(after text: Secret, locale: String = "C.UTF-8") async throws -> [String: [UInt8]] {
            try await withTemporaryDirectory { directory in
                let file = directory.appending(path: "credentials")
                try text.withExposedBytes { try Data($0).write(to: file) }
                // A positional argument of fish's script is its first; in the others that one is `$0`.
                let arguments = options + [script] + (shell == "fish" ? [] : [shell]) + [file.path]
                let result = try await Places.children.lend {
                    try await Child.run(
                        shell, arguments,
                        environment: Child.path.merging(["HOME": directory.path, "LC_ALL": locale]) { $1 })
                }
                #expect(result.err == "")
                try #require(result.code == 0)
                return result.stdout.split(separator: 0).reduce(into: [:]) { variables, entry in
                    guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { return }
                    variables[String(decoding: entry[..<equals], as: UTF8.self)] = Array(entry[(equals + 1)...])
                }
            }
        }
    }

    @Test("A shell reads back the exact value", arguments: Reader.all, NastyValue.all)
    func value(reader: Reader, value: NastyValue) async throws {
        let text: Secret
        do {
            text = try reader.format.render(value.credentials, region: "eu-central-1")
        } catch {
            // What dotenv refuses is DotenvTests' to say.
            return try #require(reader.format == .dotenv)
        }
        let variables = try await reader.environment(after: text)
        #expect(variables["AWS_ACCESS_KEY_ID"] == Array(CredentialSamples.accessKeyID.utf8))
        #expect(variables["AWS_SECRET_ACCESS_KEY"] == value.bytes)
        #expect(variables["AWS_SESSION_TOKEN"] == value.bytes)
        #expect(variables["AWS_CREDENTIAL_EXPIRATION"] == Array(CredentialSamples.expirationText.utf8))
        #expect(variables["AWS_REGION"] == Array("eu-central-1".utf8))
        #expect(variables["AWS_DEFAULT_REGION"] == Array("eu-central-1".utf8))
    }

    @Test(
        "A shell reads back any bytes, UTF-8 or not, in any locale",
        arguments: Reader.all.filter { $0.format != .dotenv }, ["C.UTF-8", "C"])
    func randomBytes(reader: Reader, locale: String) async throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<12 {
            let bytes = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
                // Often ASCII, since that is where the special characters are.
                UInt8.random(in: 1...(Bool.random(using: &generator) ? 0x7E : 0xFF), using: &generator)
            }.filter { $0 != 0x0A && $0 != 0x0D }
            let text = try reader.format.render(CredentialSamples.with(Secret(bytes: bytes)))
            let variables = try await reader.environment(after: text, locale: locale)
            #expect(variables["AWS_SECRET_ACCESS_KEY"] == bytes)
        }
    }

    @Test("No process is started by what a value says", arguments: Reader.all)
    func noCommand(reader: Reader) async throws {
        try await withTemporaryDirectory { directory in
            let mark = directory.appending(path: "ran").path
            for attack in [
                "$(touch \(mark))", "`touch \(mark)`", "';touch \(mark);'", "\";touch \(mark);\"", "(touch \(mark))",
            ] {
                guard let text = try? reader.format.render(CredentialSamples.with(Secret(attack))) else { continue }
                let variables = try await reader.environment(after: text)
                #expect(variables["AWS_SECRET_ACCESS_KEY"] == Array(attack.utf8))
            }
            #expect(!FileManager.default.fileExists(atPath: mark))
        }
    }
}
