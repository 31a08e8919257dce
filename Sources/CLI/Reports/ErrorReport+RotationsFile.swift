import Domain

extension ErrorReport {
    /// A rotations file that cannot be run, by line.
    ///
    /// - Parameter path: of the file, as the user named it.
    init(_ failure: RotationsFile.Failure, of path: String) {
        self.init(
            .badInput, "line \(failure.line) of \(path): \(Self.words(for: failure.reason))",
            hints: Self.hints(for: failure.reason))
    }

    private static func words(for reason: RotationsFile.Failure.Reason) -> String {
        switch reason {
        case .syntax(let reason): ForeignText.clean(reason, limit: 200)
        case .unknownMember(let name, let nearest):
            "there is no \(quoted(name))" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
        case .wrongKind(let name, let expected, let found):
            "\(subject(name, expected)) must be \(article(expected)), not \(article(found))"
        case .missingMember("rotations"): "there is no \"rotations\" in it"
        case .missingMember(let name): "the rotation that begins here has no \"\(name)\""
        case .emptyMember(let name): "\"\(name)\" is empty"
        case .noEntries: "there is no rotation in it"
        case .duplicate(let shared, let name, let firstLine):
            "the rotation of line \(firstLine) has the same \(shared.rawValue), \(quoted(name)): they would rotate "
                + "against each other"
        }
    }

    private static func hints(for reason: RotationsFile.Failure.Reason) -> [String] {
        switch reason {
        case .missingMember("rotations"), .wrongKind(of: nil, _, _), .noEntries:
            [
                #"the file looks like this: {"rotations": [{"userName": "ci-deploy", "secretId": "prod/ci-deploy", "#
                    + #""project": "Web Shop", "serviceConnection": "aws-prod"}]}"#
            ]
        default: []
        }
    }

    private static func subject(_ name: String?, _ expected: LocatedJSON.Kind) -> String {
        switch name {
        case nil: "the file"
        case "rotations"? where expected == .object: "each of \"rotations\""
        case let name?: "\"\(name)\""
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
