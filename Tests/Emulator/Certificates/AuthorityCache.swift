/// The authority that sandboxes share while any of them is there: making keys is most of what starting one costs.
enum AuthorityCache {
    private struct Entry {
        weak var authority: Authority?
    }

    private static let entry = Shared(Entry())

    /// - Throws: where `openssl` is missing or fails.
    static func authority() async throws -> Authority {
        if let authority = entry.value.authority { return authority }
        let authority = try await Authority.make()
        // Two that come at once make one each; the later stays for those to come.
        entry.change { $0.authority = authority }
        return authority
    }
}
