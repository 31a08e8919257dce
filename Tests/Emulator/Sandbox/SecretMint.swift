import Foundation
import TLSCrypto

/// Makes every secret value of a sandbox and remembers it, so that a test can look for leaks.
///
/// Secrets carry the word `canary`, so that whoever finds one knows where it came from.
package final class SecretMint: Sendable {
    /// The job's `System.AccessToken`.
    package let accessToken: String
    /// A personal access token of somebody who may see the organisation.
    package let personalAccessToken: String
    /// The same person's token from Entra ID.
    package let entraAccessToken: String
    /// Whether secret keys and session tokens hold characters that shells, YAML, XML and the agent find special.
    private let isNasty: Bool
    private let known = Shared<(inOrder: [String], all: Set<String>)>(([], []))

    init(isNasty: Bool) {
        self.isNasty = isNasty
        accessToken = "canaryAccess." + Self.letters(72, of: Self.base64URL)
        personalAccessToken =
            "canaryPersonal" + Self.letters(62, of: Self.base62) + "AZDO" + Self.letters(4, of: Self.base62)
        entraAccessToken = "canaryEntra." + Self.letters(200, of: Self.base64URL)
        for token in [accessToken, personalAccessToken, entraAccessToken] { remember(token) }
    }

    /// Everything made so far.
    var all: [String] { known.read(\.inOrder) }

    func remember(_ secret: String) { known.change { if $0.all.insert(secret).inserted { $0.inOrder.append(secret) } } }

    /// An access key's id: the prefix of its kind (`ASIA` temporary, `AKIA` long-term) and sixteen characters. It is
    /// no secret.
    func accessKeyID(prefix: String) -> String { prefix + "CANARY" + Self.letters(10, of: Self.base32) }

    /// A secret key of forty characters.
    func secretKey() -> String { make(word: "canarySecret/", special: Self.special + "é☂", length: 40) }

    /// A session token, about as long as real ones. It travels in a header field, so it stays ASCII.
    func sessionToken() -> String { make(word: "IQoJcanaryToken", special: Self.special, length: 908) }

    /// The last part of an address that only those may know who write there.
    func addressSecret() -> String {
        let secret = "canaryAddress" + Self.letters(32, of: Self.base62)
        remember(secret)
        return secret
    }

    private func make(word: String, special: String, length: Int) -> String {
        let special = isNasty ? special : ""
        let secret = word + special + Self.letters(length - word.count - special.count, of: Self.base64)
        remember(secret)
        return secret
    }

    /// Both kinds of quotes, what shells expand, what the agent and XML escape, and a space.
    private static let special = #"'"$x`\%25;]<&> ~"#
    private static let base32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    private static let base62 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    private static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    private static let base64URL = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// One draw of random numbers for all letters: nine hundred draws take longer than the rest of an answer.
    private static func letters(_ count: Int, of alphabet: [Character]) -> String {
        let numbers = (try? SystemRandom.bytes(count)) ?? []
        return String(numbers.map { alphabet[Int($0) % alphabet.count] })
    }
}
