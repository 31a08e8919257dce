import Testing

@testable import Domain

@Suite struct HCLTests {
    private func written(_ attributes: [(String, HCL)]) -> String { HCL.block("x", attributes) }

    // What each stands for was read back from `terraform output`.
    @Test(
        "nothing in a text is replaced by Terraform",
        arguments: [
            (#"a"b\c"#, #""a\"b\\c""#), ("${x}", #""$${x}""#), ("%{if x}", #""%%{if x}""#), ("$${x}", #""$$${x}""#),
            ("%%{x}", #""%%%{x}""#), ("a${$}{b}", #""a$${$}{b}""#), ("$", #""$""#), ("5 % {", #""5 % {""#),
            ("line\nline\t\u{1}", #""line\nline\u0009\u0001""#), ("Größe, 名前", #""Größe, 名前""#),
            // A combining mark makes the brace another character to Swift, not to Terraform.
            ("${\u{301}x}", "\"$${\u{301}x}\""), ("", #""""#),
        ])
    func texts(text: String, expected: String) {
        #expect(written([("a", .text(text))]) == "x {\n  a = \(expected)\n}\n")
    }

    @Test(
        "a key that is no identifier is quoted",
        arguments: [
            ("name", "name"), ("a_1", "a_1"), ("te am", #""te am""#), ("aws:x", #""aws:x""#), ("a-b", #""a-b""#),
            ("9a", #""9a""#), ("", #""""#), ("ключ", #""ключ""#), ("for", #""for""#), ("null", #""null""#),
            ("true", #""true""#), ("${k}", #""$${k}""#),
        ])
    func keys(key: String, expected: String) {
        #expect(written([(key, .raw("1"))]) == "x {\n  \(expected) = 1\n}\n")
    }

    @Test("equals signs stand below each other, but not beside values of several lines")
    func alignment() {
        let text = written([
            ("a", .raw("1")), ("long", .list([.text("x"), .text("y")])), ("map", .object([("k", .text("v"))])),
            ("longer", .function("f", .object([]))), ("b", .raw("2")), ("cc", .list([])),
        ])
        #expect(
            text == """
                x {
                  a    = 1
                  long = ["x", "y"]
                  map = {
                    k = "v"
                  }
                  longer = f({
                  })
                  b  = 2
                  cc = []
                }

                """)
    }

    @Test("JSON becomes expressions, and values in it can be replaced")
    func json() throws {
        let members = try #require(
            JSONValue.object(
                Array(#"{"Statement":[{"Sid":"s","Effect":"Allow","N":1.5,"T":true,"O":null}],"Version":"v"}"#.utf8)))
        let value = HCL(.members(members)) { path, value in path == ["Statement", "Sid"] ? .raw("var.sid") : value }
        #expect(
            written([("p", value)]) == """
                x {
                  p = {
                    Version = "v"
                    Statement = [
                      {
                        Sid    = var.sid
                        Effect = "Allow"
                        N      = 1.5
                        O      = null
                        T      = true
                      },
                    ]
                  }
                }

                """)
    }

    @Test("a list that is too long for a line takes a line for each value")
    func longList() {
        let value = String(repeating: "v", count: 50)
        #expect(
            written([("l", .list([.text(value), .text("w")]))]) == #"x {\#n  l = ["\#(value)", "w"]\#n}\#n"#)
        #expect(
            written([("l", .list([.text(value), .text(value)]))])
                == "x {\n  l = [\n    \"\(value)\",\n    \"\(value)\",\n  ]\n}\n")
    }
}
