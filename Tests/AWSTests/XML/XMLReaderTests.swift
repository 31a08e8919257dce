import Domain
import Testing

@testable import AWS

@Suite struct XMLReaderTests {
    private func read(_ text: String) throws(XMLError) -> XMLElement { try XMLReader.read(Secret(text)) }

    @Test("elements, their text and their order are read")
    func elements() throws {
        let root = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- an answer -->
            <Root xmlns="https://sts.amazonaws.com/doc/2011-06-15/" other='a > b'>
              <Item>one</Item><Empty/><Item a="1" >two</Item >
              <Deep><Deeper>three</Deeper></Deep>
            </Root>
            <!-- the end -->

            """)
        #expect(root.name == "Root")
        #expect(root.children.map(\.name) == ["Item", "Empty", "Item", "Deep"])
        #expect(root.string(at: "Item") == "one")
        #expect(root.children[2].text.exposedText == "two")
        #expect(root.string(at: "Deep/Deeper") == "three")
        #expect(root.secret(at: "Empty")?.isEmpty == true)
        #expect(root.string(at: "Deep/Missing") == nil)
        #expect(root.string(at: "Missing/Deeper") == nil)
    }

    @Test(
        "text is decoded",
        arguments: [
            ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"), ("&#65;&#x42;&#x1F600;", "AB😀"),
            ("<![CDATA[<a>&amp;]]>", "<a>&amp;"),
            ("a<!-- b -->c<?d?>e", "ace"), ("a<![CDATA[]]>b", "ab"), (" kept ", " kept "), ("ü€", "ü€"),
            ("a ]]> b", "a ]]> b"),
            ("&amp;lt;", "&lt;"), ("<![CDATA[]]]]>", "]]"), ("a > b", "a > b"),
        ])
    func text(xml: String, text: String) throws {
        #expect(try read("<a>\(xml)</a>").text.exposedText == text)
    }

    @Test(
        "a document type is refused, wherever it stands",
        arguments: [
            "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<?xml version='1.0'?><!DOCTYPE a><a/>",
            "<a><!DOCTYPE a></a>", "<a/><!DOCTYPE a>", "<!doctype html><html></html>", "<!ENTITY a 'b'><a/>",
        ])
    func documentType(xml: String) {
        #expect(throws: XMLError.documentType) { try read(xml) }
    }

    @Test(
        "what is not well formed is refused",
        arguments: [
            "", " ", "text", "<", "<a", "<a>", "<a></b>", "<a></a></a>", "<a/><b/>", "<a/>text", "<a><b></a></b>",
            "</a>",
            "<a>&unknown;</a>", "<a>&amp</a>", "<a>&</a>", "<a>&;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
            "<a>&#x110000;</a>",
            "<a>&#99999999999999999999;</a>", "<a>&#-1;</a>", "<a>&#x;</a>", "<a b></a>", "<a b=c></a>", "<a b='c></a>",
            "<a b='<'/>", "<a><!-- </a>", "<a><![CDATA[ </a>", "<?xml <a/>", "< a/>", "<>x</>", "<a/ >", "{\"a\": 1}",
            "\u{FEFF}",
            "<a b='c'd='e'/>", "<\u{E9}></e\u{301}>", "<a\0></a\0>",
        ])
    func malformed(xml: String) {
        #expect {
            try read(xml)
        } throws: { error in
            if case XMLError.malformed = error { true } else { false }
        }
    }

    @Test("a byte order mark is passed over, other encodings are not guessed at")
    func encodings() throws {
        #expect(try read("\u{FEFF}<a>b</a>").text.exposedText == "b")
        let utf16: [UInt8] = "<a>b</a>".utf8.flatMap { [$0, 0] }
        #expect(throws: XMLError.malformed(offset: 1)) { try XMLReader.read(Secret(bytes: utf16)) }
    }

    @Test("elements may be nested to the limit and no deeper")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(throws: Never.self) { try read(nested(XMLReader.maximumDepth)) }
        #expect(throws: XMLError.tooDeep) { try read(nested(XMLReader.maximumDepth + 1)) }
        #expect(throws: XMLError.tooDeep) { try read(String(repeating: "<a>", count: 100_000)) }
    }

    @Test("a document larger than allowed is not looked at")
    func size() {
        let large = "<a>" + String(repeating: "b", count: XMLReader.maximumSize) + "</a>"
        #expect(throws: XMLError.tooLarge) { try read(large) }
    }

    @Test("text is not shown when an element is printed")
    func redaction() throws {
        let element = try read("<a><SecretAccessKey>hidden</SecretAccessKey></a>")
        #expect(!"\(element)".contains("hidden"))
        var dumped = ""
        dump(element, to: &dumped)
        #expect(!dumped.contains("hidden"))
    }
}
