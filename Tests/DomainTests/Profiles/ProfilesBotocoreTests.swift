import Foundation
import TestSupport
import Testing

@testable import Domain

/// Files as people write them, read by botocore and by us.
@Suite struct ProfilesBotocoreTests {
    private struct Files: Encodable {
        let config: String
        let credentials: String
    }

    /// Profiles, then sessions, each with keys and values.
    private typealias Reading = [[String: [String: String]]]

    @Test("both read the same profiles and sessions in 60 generated pairs of files")
    func same() async throws {
        let files = (0..<60).map { seed in
            Files(
                config: RandomProfileFile(seed: seed, isConfig: true).text,
                credentials: RandomProfileFile(seed: seed + 1000, isConfig: false).text)
        }
        let expected: [Reading] = try await TestPython.run(
            """
            import botocore.configloader as loader, json, os, sys, tempfile
            def read(text):
                with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    return loader.raw_config_parse(file.name, parse_subsections=False)
            answers = []
            for pair in json.load(sys.stdin):
                config = loader.build_profile_map(read(pair["config"]))
                profiles = config["profiles"]
                for name, values in read(pair["credentials"]).items():
                    profiles.setdefault(name, {}).update(values)
                answers.append([profiles, config["sso_sessions"]])
            print(json.dumps(answers))
            """, input: Array(try JSONEncoder().encode(files)), environment: ["LC_ALL": "C.UTF-8"])
        for (files, expected) in zip(files, expected) {
            let config = try ProfileDocument(Secret(files.config), kind: .config)
            let credentials = try ProfileDocument(Secret(files.credentials), kind: .credentials)
            #expect(Profiles(config: config, credentials: credentials).exposed == expected[0], "\(files)")
            #expect(config.ssoSessions.mapValues { $0.mapValues(\.exposedText) } == expected[1], "\(files)")
        }
        #expect(expected.contains { $0[0].count > 3 && !$0[1].isEmpty })
    }
}
