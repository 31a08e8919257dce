import TestSupport
import Testing

@testable import Domain

/// The grammar says what the lines are; the rules of about_Quoting_Rules say what a literal's value is.
@Suite("PowerShell")
struct PowerShellTests {
    /// `$Env:NAME = literal`, as the grammar sees it.
    private struct Assignment: Decodable {
        let variable: String
        let literal: String
    }

    @Test("Each line assigns a string literal with the exact value", arguments: NastyValue.all)
    func value(value: NastyValue) async throws {
        let text = try CredentialFormat.powershell.render(value.credentials, region: "eu-central-1")
        let assignments = try await parse(text)
        #expect(
            assignments.map(\.variable) == [
                "$Env:AWS_ACCESS_KEY_ID", "$Env:AWS_SECRET_ACCESS_KEY", "$Env:AWS_SESSION_TOKEN",
                "$Env:AWS_CREDENTIAL_EXPIRATION", "$Env:AWS_REGION", "$Env:AWS_DEFAULT_REGION",
            ])
        #expect(
            assignments.map { decode($0.literal) } == [
                CredentialSamples.accessKeyID, value.text, value.text, CredentialSamples.expirationText,
                "eu-central-1", "eu-central-1",
            ])
    }

    @Test("The four typographic single quotes are doubled as the straight one is")
    func typographicQuotes() throws {
        #expect(
            try PowerShell.string("'\u{2018}\u{2019}\u{201A}\u{201B}\u{201C}\u{2017}").exposedText
                == "'''\u{2018}\u{2018}\u{2019}\u{2019}\u{201A}\u{201A}\u{201B}\u{201B}\u{201C}\u{2017}'")
    }

    /// Fails where a statement is anything but an assignment of one literal.
    private func parse(_ text: Secret) async throws -> [Assignment] {
        let script = """
            import json, sys, tree_sitter, tree_sitter_powershell
            language = tree_sitter.Language(tree_sitter_powershell.language())
            root = tree_sitter.Parser(language).parse(sys.stdin.buffer.read()).root_node
            assert not root.has_error, str(root)
            [statements] = root.named_children

            def only_leaf(node, *ends):
                while node.type not in ends:
                    [node] = node.children
                return node

            found = []
            for statement in statements.named_children:
                assignment = only_leaf(statement, "assignment_expression")
                left, operator, right = assignment.children
                assert operator.text == b"=", operator.text
                literal = only_leaf(right, "expandable_string_literal", "verbatim_string_characters")
                assert not literal.named_children, str(literal)
                found.append({"variable": only_leaf(left, "variable").text.decode(), "literal": literal.text.decode()})
            print(json.dumps(found))
            """
        return try await TestPython.run(script, input: text.withExposedBytes { $0 })
    }

    /// The value of a literal; `nil` where PowerShell would see its end before its end.
    private func decode(_ literal: String) -> String? {
        let scalars = Array(literal.unicodeScalars)
        let inner = scalars.dropFirst().dropLast()
        if scalars.first == "\"" {
            // Nothing may be special in double quotes here: they are for plain words.
            let special: Set<Unicode.Scalar> = ["\"", "$", "`", "\u{201C}", "\u{201D}", "\u{201E}"]
            return inner.contains(where: special.contains) ? nil : String(String.UnicodeScalarView(inner))
        }
        let singleQuotes: Set<Unicode.Scalar> = ["'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"]
        var value = String.UnicodeScalarView()
        var rest = inner
        while let scalar = rest.popFirst() {
            if singleQuotes.contains(scalar) {
                guard let second = rest.popFirst(), singleQuotes.contains(second) else { return nil }
                value.append(second)
            } else {
                value.append(scalar)
            }
        }
        return String(value)
    }
}
