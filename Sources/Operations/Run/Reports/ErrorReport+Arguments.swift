import Domain

/// The reasons why an argument is not what it should be, in words that follow "… is not a role ARN: ".
extension ErrorReport {
    static func words(for error: ARNError) -> String {
        switch error {
        case .notAnARN: "it has not the form arn:partition:service:region:account:resource"
        case .tooLong: "it is longer than 2048 characters"
        case .unknownPartition(let name): "there is no partition \(ForeignText.clean(name, limit: 40))"
        case .wrongKind(let found): "it names a thing of kind '\(ForeignText.clean(found, limit: 40))'"
        case .hasRegion: "it has a region, and IAM's ARNs have none"
        case .malformedAccount(let account):
            "its account is not 12 digits: \(ForeignText.clean(account, limit: 40))"
        case .malformedName: "its name has characters that IAM does not allow, or too many"
        }
    }

    static func words(for error: SessionName.ValidationError) -> String {
        switch error {
        case .length(let count): "it has \(count) characters; 2 to 64 are allowed"
        case .character(let character):
            "it has '\(ForeignText.clean(String(character)))'; letters, digits and _+=,.@- are allowed"
        }
    }

    static func words(for error: SessionDuration.ParseError) -> String {
        switch error {
        case .malformed: "write seconds or hours and minutes, such as 3600, 45m or 1h30m"
        case .outOfRange(let seconds): "\(seconds) seconds are not between 900 and 43200"
        }
    }

    static func words(for error: JSONWebToken.ParseError) -> String {
        switch error {
        case .empty: "it is empty"
        case .tooLong(let count): "it has \(count) bytes, and STS takes \(JSONWebToken.longest)"
        case .parts(let count): "a token has three parts between dots, this has \(count)"
        case .encoding(let part): "its \(part) is not base64url"
        case .notAnObject(let part): "its \(part) is not a JSON object"
        case .missingClaim(let name): "it has no claim \(name)"
        case .claimType(let name): "its claim \(name) has the wrong type"
        }
    }

    static func words(for reason: FormatError.Reason) -> String {
        switch reason {
        case .lineBreak: "it has a line end in it"
        case .notUTF8: "it is not UTF-8"
        case .character: "it has a character that cannot be quoted there"
        case .tooLong: "it is too long"
        }
    }
}
