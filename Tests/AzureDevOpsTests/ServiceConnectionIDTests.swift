import AzureDevOps
import Testing

@Suite("A service connection's id")
struct ServiceConnectionIDTests {
    @Test("is a GUID, kept in lower case")
    func guid() {
        let id = ServiceConnectionID("2B2F6A86-5B8E-4D6C-9F4E-0A4D2F5C0002")
        #expect(id?.text == "2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002")
        #expect(id == ServiceConnectionID("2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002"))
    }

    @Test(
        "is no name, which Azure DevOps would take without a word",
        arguments: [
            "", "aws-production", "{2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002}", "2b2f6a865b8e4d6c9f4e0a4d2f5c0002",
        ])
    func name(text: String) { #expect(ServiceConnectionID(text) == nil) }
}
