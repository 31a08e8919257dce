import Foundation
import Testing

@testable import Domain

/// Credentials as STS issues them, but not from it.
enum CredentialSamples {
    static let accessKeyID = "ASIAIOSFODNN7EXAMPLE"
    static let secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    static let sessionToken = "IQoJb3JpZ2luX2VjEOz//////////wEaCXVzLWVhc3QtMSJHMEUCIQDexample+token/=="
    static let expirationText = "2021-08-17T20:55:04+00:00"
    static let expiration = Date(timeIntervalSince1970: 1_629_233_704)

    static let ordinary = SessionCredentials(
        accessKeyID: Secret(accessKeyID), secretAccessKey: Secret(secretAccessKey),
        sessionToken: Secret(sessionToken), expiration: expiration)

    /// The same with another secret key and session token.
    static func with(_ value: Secret) -> SessionCredentials {
        SessionCredentials(
            accessKeyID: Secret(accessKeyID), secretAccessKey: value, sessionToken: value, expiration: expiration)
    }
}

/// A value that some shell or parser could take for something else.
struct NastyValue: CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }
    var bytes: [UInt8] { Array(text.utf8) }
    var credentials: SessionCredentials { CredentialSamples.with(Secret(text)) }

    static let all = values([
        "a single quote": "it's", "only single quotes": "'''", "a double quote": #"say "hi""#,
        "a variable": "$HOME", "a variable in braces": "${HOME}", "a dollar at the end": "cost$",
        "a command in backquotes": "`id`", "a command in parentheses": "$(id)", "fish's parentheses": "(id)",
        "a backslash": #"a\b"#, "two backslashes": #"a\\b"#, "a backslash at the end": #"end\"#,
        "a backslash and a quote": #"\'"#, "an escape": #"a\nb"#, "cmd's variable": "%PATH%",
        "a percent sign": "100%", "a semicolon": "a;id", "brackets": "[a]]", "a bracket": "]",
        "an ampersand": "a&b", "two ampersands": "a && id", "a pipe": "a|id", "redirections": "<a>b",
        "an exclamation mark": "wow!", "history": "!!", "a caret": "a^b", "braces": "{a,b}",
        "a leading space": " a", "a trailing space": "a ", "inner spaces": "a  b", "a tab": "a\tb",
        "a tilde": "~", "a tilde after a colon": "a:~", "a hash": "#a", "a hash after a space": "a #b",
        "a hash inside": "a#b", "an equals sign": "a=b", "a leading equals sign": "=ls", "padding alone": "==",
        "an equals sign after a colon": "a:=ls", "base64": "a+b/c==", "a star": "*",
        "a question mark": "/???/*",
        "an empty value": "", "a dash": "-n", "an at sign": "@a", "a comma": "a,b",
        "an escape character": "\u{1B}[31m",
        "umlauts": "äöü", "emoji": "🔑👩‍💻", "typographic single quotes": "‘a’‚b‛",
        "typographic double quotes": "“a”„b",
        "a quote and a command after a typographic quote": "a’; id; ‘", "a no-break space": "\u{A0}a\u{A0}",
        "a line separator": "a\u{2028}b", "a private use character": "a\u{F600}b",
        "a long token": String(repeating: "IQoJb3JpZ2luX2Vj+/", count: 120) + "==",
    ])

    static let lineBreaks = values([
        "a line feed": "a\nb", "a trailing line feed": "a\n", "a carriage return": "a\rb",
        "both": "a\r\nb", "a NUL": "a\0b",
    ])

    private static func values(_ texts: KeyValuePairs<String, String>) -> [NastyValue] {
        texts.map { NastyValue(name: $0.key, text: $0.value) }
    }
}
