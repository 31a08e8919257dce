import Domain

/// A profile's `credential_process`: a program that prints credentials (Version 1), run without a shell.
struct ProcessProvider: CredentialProvider {
    let profile: String
    let context: ProviderContext

    var name: String { "credential_process of profile \(profile)" }

    func credentials() async throws(CredentialError) -> ProviderResult {
        guard let command = context.profiles[profile]?["credential_process"] else {
            return .passedOver(reason: "there is none")
        }
        let words: [String]
        do throws(ShellWords.ParseError) {
            words = try ShellWords.split(command.exposedText)
        } catch {
            switch error {
            case .unclosedQuote: throw failed(.misconfigured(reason: "it has a quote that is not closed"))
            case .trailingBackslash: throw failed(.misconfigured(reason: "it ends with a backslash"))
            }
        }
        guard !words.isEmpty else { throw failed(.misconfigured(reason: "it names no program")) }
        let output: Secret
        do throws(ProviderContext.LocalFailure) {
            output = try await context.runProgram(words)
        } catch {
            throw failed(.process(reason: error.reason))
        }
        return .found(try CredentialAnswer.read(output, .process, for: self))
    }
}
