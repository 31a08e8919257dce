import Domain

extension ErrorReport {
    /// What a file of JSON that people write is about.
    enum ListFile: String {
        case rotations, profiles

        fileprivate var entry: String { String(rawValue.dropLast()) }

        fileprivate var example: String {
            switch self {
            case .rotations:
                #"{"rotations": [{"userName": "ci-deploy", "secretId": "prod/ci-deploy", "#
                    + #""project": "Web Shop", "serviceConnection": "aws-prod"}]}"#
            case .profiles:
                #"{"profiles": {"dev": {"roleArn": "arn:aws:iam::111122223333:role/deploy", "region": "eu-west-1"}}}"#
            }
        }
    }

    /// A file that cannot be used, by line.
    ///
    /// - Parameter path: of the file, as the user named it.
    init(_ failure: LocatedJSONFailure, of path: String, _ file: ListFile) {
        self.init(
            .badInput, "line \(failure.line) of \(path): \(Self.words(for: failure.reason, file))",
            hints: Self.hints(for: failure.reason, file))
    }

    private static func words(for reason: LocatedJSONFailure.Reason, _ file: ListFile) -> String {
        switch reason {
        case .syntax(let reason): ForeignText.clean(reason, limit: 200)
        case .unknownMember(let name, let nearest):
            "there is no \(quoted(name))" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
        case .wrongKind(let name, let expected, let found):
            "\(subject(name, expected, file)) must be \(article(expected)), not \(article(found))"
        case .missingMember(file.rawValue): "there is no \"\(file.rawValue)\" in it"
        case .missingMember(let name): "the \(file.entry) that begins here has no \"\(name)\""
        case .emptyMember(let name): "\"\(name)\" is empty"
        case .noEntries: "there is no \(file.entry) in it"
        case .duplicate(let shared, let name, let firstLine):
            "the rotation of line \(firstLine) has the same \(shared.rawValue), \(quoted(name)): they would rotate "
                + "against each other"
        case .invalidProfileName(let name):
            "\(quoted(name)) is not a profile name: \(words(for: SharedFileError.invalidProfileName))"
        }
    }

    private static func hints(for reason: LocatedJSONFailure.Reason, _ file: ListFile) -> [String] {
        switch reason {
        case .missingMember(file.rawValue), .wrongKind(of: nil, _, _), .noEntries:
            ["the file looks like this: \(file.example)"]
        default: []
        }
    }

    private static func subject(_ name: String?, _ expected: LocatedJSON.Kind, _ file: ListFile) -> String {
        switch (name, file) {
        case (nil, _): "the file"
        case (file.rawValue?, .rotations) where expected == .object: "each of \"rotations\""
        case (let name?, _): "\"\(name)\""
        }
    }

    private static func article(_ kind: LocatedJSON.Kind) -> String {
        switch kind {
        case .text: "a text in double quotes"
        case .number: "a number"
        case .boolean, .null: kind.rawValue
        case .list: "a list in [ ]"
        case .object: "an object in { }"
        }
    }

    private static func quoted(_ name: String) -> String { "\"\(ForeignText.clean(name, limit: 80))\"" }
}
