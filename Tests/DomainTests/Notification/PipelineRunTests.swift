import Domain
import Testing

@Suite("A pipeline's run")
struct PipelineRunTests {
    @Test(
        "has the address of its page",
        arguments: [
            ("https://dev.azure.com/contoso/", "Web Shop", "https://dev.azure.com/contoso/Web%20Shop/_build"),
            ("https://contoso.visualstudio.com", "a|b>c", "https://contoso.visualstudio.com/a%7Cb%3Ec/_build"),
            (
                "https://tfs.example:8443/tfs/My%20Co/", "Größe",
                "https://tfs.example:8443/tfs/My%20Co/Gr%C3%B6%C3%9Fe/_build"
            ),
            ("http://tfs/<!channel>|/", "p", "http://tfs/%3C%21channel%3E%7C/p/_build"),
        ])
    func link(collection: String, project: String, expected: String) {
        let run = PipelineRun(collectionURI: collection, project: project, buildID: "42")
        #expect(run?.link == "\(expected)/results?buildId=42")
    }

    @Test("has none where the agent does not say enough")
    func none() {
        let collection = "https://dev.azure.com/contoso/"
        #expect(PipelineRun(collectionURI: nil, project: "a", buildID: "1") == nil)
        #expect(PipelineRun(collectionURI: collection, project: nil, buildID: "1") == nil)
        #expect(PipelineRun(collectionURI: collection, project: "a", buildID: nil) == nil)
        for id in ["", "1&x", "$(Build.BuildId)", "-1", "１"] {
            #expect(PipelineRun(collectionURI: collection, project: "a", buildID: id) == nil)
        }
        #expect(PipelineRun(collectionURI: "javascript:alert(1)", project: "a", buildID: "1") == nil)
        #expect(PipelineRun(collectionURI: "https://a@b/", project: "a", buildID: "1") == nil)
    }
}
