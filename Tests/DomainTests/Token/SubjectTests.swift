import Domain
import Testing

@Suite("A subject")
struct SubjectTests {
    static let entra =
        "/eid1/c/pub/t/Hg8sX28_DkqadisvWj8dEQ/a/rISbSSETf0KqFyZ8ppdXmA/sc/"
        + "0ca3ddd9-f0b0-4635-a98c-5866526961b6/2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002"

    @Test(
        "is a pipeline, a service connection, or something else",
        arguments: [
            ("p://contoso/Web Shop/deploy", Subject.pipeline("p://contoso/Web Shop/deploy")),
            ("sc://contoso/Web Shop/aws", .serviceConnection("sc://contoso/Web Shop/aws")),
            (entra, .serviceConnection(entra)),
            ("repo:contoso/shop:ref:refs/heads/main", .other("repo:contoso/shop:ref:refs/heads/main")),
            ("", .other("")), ("SC://contoso/a/b", .other("SC://contoso/a/b")), (" sc://a/b/c", .other(" sc://a/b/c")),
            ("p:/a", .other("p:/a")), ("/eid2/c", .other("/eid2/c")),
        ])
    func kinds(text: String, subject: Subject) { #expect(Subject(text) == subject) }
}
