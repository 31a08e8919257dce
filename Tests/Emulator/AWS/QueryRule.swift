/// What a text must be like, by the service's model.
struct QueryRule: Sendable {
    /// In characters.
    let length: ClosedRange<Int>
    /// A regular expression as AWS writes it, and what it comes to.
    var pattern: (text: String, matches: @Sendable (String) -> Bool)?
    /// Where it must be one of these, and nothing else is asked of it.
    var values: [String]?
    /// What IAM says instead of the expression.
    var explanation: String?
    /// Whether AWS keeps the value out of its messages.
    var isSensitive = false
}

extension QueryRule {
    static let anything = Self(length: 0...Int.max)

    // STS.
    static let roleARN = Self(length: 20...2048)
    static let sessionName = words(2...64, also: "+=,.@-", #"[\w+=,.@-]*"#)
    static let externalID = words(2...1224, also: "+=,.@:/-", #"[\w+=,.@:\/-]*"#)
    static let webIdentityToken = Self(length: 4...20000, isSensitive: true)
    static let policy = Self(length: 1...2048)
    static let policyARN = Self(length: 20...2048)
    static let sourceIdentity = sessionName

    // IAM.
    static let arn = Self(length: 20...2048)
    static let roleName = name(1...64)
    static let policyName = name(1...128)
    static let url = Self(length: 1...255)
    static let clientID = Self(length: 1...255)
    static let thumbprint = Self(length: 40...40)
    static let path = Self(
        length: 1...512,
        pattern: (
            #"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)"#,
            { $0 == "/" || ($0.count > 2 && $0.hasPrefix("/") && $0.hasSuffix("/") && isIn($0, "!"..."~")) }
        ),
        explanation: "It must begin and end with / and contain only alphanumeric characters and/or / characters.")
    static let pathPrefix = Self(
        length: 1...512,
        pattern: (#"\u002F[\u0021-\u007F]*"#, { $0.hasPrefix("/") && isIn($0, "!"..."\u{7F}") }),
        explanation: "It must begin with the / character and contain only alphanumeric characters and/or / characters.")
    static let policyDocument = Self(
        length: 1...131_072,
        pattern: (#"[\u0009\u000A\u000D\u0020-\u00FF]+"#, { isIn($0, " "..."\u{FF}", also: "\t\n\r") }))
    static let description = Self(
        length: 0...1000,
        pattern: (
            #"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"#,
            { isIn($0, " "..."\u{FF}", also: "\t\n\r") && !$0.unicodeScalars.contains { "\u{7F}"..."\u{A0}" ~= $0 } }
        ))
    static let tagKey = tag(1...128, #"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#)
    static let tagValue = tag(0...256, #"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#)
    static let marker = Self(length: 1...320)
    static let userName = name(1...128)
    static let accessKeyID = words(16...128, also: "", #"[\w]+"#)
    static let accessKeyStatus = Self(length: 0...Int.max, values: ["Active", "Inactive", "Expired"])

    // Secrets Manager and Systems Manager.
    static let secretID = Self(length: 1...2048)
    static let secretVersionID = Self(length: 32...64)
    static let secretStage = Self(length: 1...256)
    static let secretString = Self(length: 0...65_536, isSensitive: true)
    static let nextToken = Self(length: 1...4096)
    static let parameterName = Self(length: 1...2048)

    private static func name(_ length: ClosedRange<Int>) -> Self {
        var rule = words(length, also: "+=,.@-", #"[\w+=,.@-]+"#)
        rule.explanation = "It must contain only alphanumeric characters and/or the following: +=,.@_-"
        return rule
    }

    /// Letters and digits of ASCII, `_`, and what else is given.
    private static func words(_ length: ClosedRange<Int>, also: String, _ text: String) -> Self {
        Self(
            length: length,
            pattern: (
                text,
                {
                    $0.unicodeScalars.allSatisfy { scalar in
                        switch scalar {
                        case "a"..."z", "A"..."Z", "0"..."9", "_": true
                        default: also.unicodeScalars.contains(scalar)
                        }
                    }
                }
            ))
    }

    /// Letters, separators and numbers of any script, and a few signs.
    private static func tag(_ length: ClosedRange<Int>, _ text: String) -> Self {
        Self(
            length: length,
            pattern: (
                text,
                {
                    $0.unicodeScalars.allSatisfy { scalar in
                        switch scalar.properties.generalCategory {
                        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                            .spaceSeparator, .lineSeparator, .paragraphSeparator, .decimalNumber, .letterNumber,
                            .otherNumber:
                            true
                        default: "_.:/=+-@".unicodeScalars.contains(scalar)
                        }
                    }
                }
            ))
    }

    private static func isIn(_ text: String, _ range: ClosedRange<Unicode.Scalar>, also: String = "") -> Bool {
        text.unicodeScalars.allSatisfy { range.contains($0) || also.unicodeScalars.contains($0) }
    }
}
