import Testing

@testable import Domain

@Suite struct PolicyDocumentTests {
    private static let foreign =
        #"{"Sid":"Theirs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}"#
    private static let own = JSONValue.members(["Sid": .text("Own"), "Effect": .text("Allow")])

    private func document(_ statements: String) throws -> PolicyDocument {
        try PolicyDocument(#"{"Version":"2012-10-17","Id":"x","Statement":\#(statements)}"#)
    }

    @Test("one's own statement goes to the end, or where it was, and all others stay as they are")
    func replacing() throws {
        let added = try document("[\(Self.foreign)]").replacing("Own", by: Self.own)
        #expect(
            added.text
                == #"{"Version":"2012-10-17","Id":"x","Statement":[\#(Self.foreign),{"Sid":"Own","Effect":"Allow"}]}"#)
        let changed = try document(#"[{"Sid":"Own","Effect":"Deny"},\#(Self.foreign),{"Sid":"Own"}]"#)
            .replacing("Own", by: Self.own)
        #expect(
            changed.text
                == #"{"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"Own","Effect":"Allow"},\#(Self.foreign)]}"#)
        #expect(changed.removing("Own").text == #"{"Version":"2012-10-17","Id":"x","Statement":[\#(Self.foreign)]}"#)
    }

    @Test("an old document becomes one in which variables and escapes are read")
    func version() throws {
        let old = try PolicyDocument(#"{"Version":"2008-10-17","Statement":\#(Self.foreign)}"#)
        #expect(old.replacing("Own", by: Self.own).text.contains(#""Version":"2012-10-17""#))
    }

    @Test(
        "what means the same to IAM is the same",
        arguments: [
            (#"[{"Action":"a"}]"#, #"{"Action":["a"]}"#, true),
            (#"[{"Action":["a","b"]}]"#, #"[{"Action":["b","a"]}]"#, true),
            (#"[{"Action":["a","b"]}]"#, #"[{"Action":["a"]}]"#, false),
            (#"[{"Sid":"1"},{"Sid":"2"}]"#, #"[{"Sid":"2"},{"Sid":"1"}]"#, false),
            (#"[{"Condition":{"Bool":{"k":"true"}}}]"#, #"[{"Condition":{"Bool":{"k":["true"]}}}]"#, true),
            (#"[{"Condition":{"Bool":{"k":"true"}}}]"#, #"[{"Condition":{"Bool":{"k":"false"}}}]"#, false),
        ])
    func equality(left: String, right: String, same: Bool) throws {
        #expect((try document(left) == document(right)) == same)
    }

    @Test(
        "what is no policy",
        arguments: [
            ("", PolicyDocument.ParseError.notAnObject), ("[]", .notAnObject), ("{", .notAnObject),
            ("{}", .malformedStatements), (#"{"Statement":"x"}"#, .malformedStatements),
            (#"{"Statement":[1]}"#, .malformedStatements),
            (String(repeating: #"{"a":"#, count: 40) + "1" + String(repeating: "}", count: 40), .notAnObject),
        ])
    func malformed(text: String, error: PolicyDocument.ParseError) {
        #expect(throws: error) { try PolicyDocument(text) }
    }

    @Test("IAM takes Latin-1 and counts no white space")
    func characters() throws {
        let policy = try document(#"[{"Sid":"東京 \"x\" \\ é \n"}]"#)
        #expect(policy.text.contains(#""\u6771\u4eac \"x\" \\ \u00e9 \u000a""#))
        #expect(policy.size == policy.text.count { $0 != " " })
        #expect(try PolicyDocument(policy.text) == policy)
        #expect(try PolicyDocument(policy.prettyText) == policy)
    }
}
