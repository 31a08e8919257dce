import Testing

/// Runs the built binary the way users do; each file of `Tests/Scripts/` is one test.
@Suite struct ScriptTests {
    @Test(arguments: try Script.all())
    func script(_ script: Script) async throws {
        try await ScriptRun.run(script)
    }
}
