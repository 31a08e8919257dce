/// A run of a pipeline, by the address of its page.
package struct PipelineRun: Sendable, Equatable {
    /// Made of ASCII letters, digits and what a URL has besides, none of which any message gives a meaning.
    package let link: String

    /// From what the agent says in `SYSTEM_COLLECTIONURI`, `SYSTEM_TEAMPROJECT` and `BUILD_BUILDID`.
    ///
    /// - Returns: `nil` where one is missing, or none that makes a link.
    package init?(collectionURI: String?, project: String?, buildID: String?) {
        guard let collectionURI, let project, let buildID, !project.isEmpty,
            !buildID.isEmpty, buildID.utf8.count <= 19, buildID.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let collection = try? HTTPURL(collectionURI), collection.query == nil
        else { return nil }
        // Percent signs stay: the collection's name may be encoded already.
        let path = PercentEncoding.encode(collection.path, keeping: Set("/%".utf8))
        let base = path.hasSuffix("/") ? path : path + "/"
        link =
            collection.replacingPath("\(base)\(PercentEncoding.encode(project))/_build/results").text
            + "?buildId=\(buildID)"
    }
}
