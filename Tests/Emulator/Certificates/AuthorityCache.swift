/// The authority that sandboxes share while any of them is there: making keys is most of what starting one costs.
enum AuthorityCache {
    private struct Entry {
        weak var authority: Authority?
    }

    /// By the extra names their certificates are good for.
    private static let entries = Shared<[[String]: Entry]>([:])

    /// - Throws: where `openssl` is missing or fails.
    static func authority(extraNames: [String]) async throws -> Authority {
        if let authority = entries.value[extraNames]?.authority { return authority }
        let authority = try await Authority.make(extraNames: extraNames)
        // Two that come at once make one each, and have the first.
        return entries.change { entries in
            if let first = entries[extraNames]?.authority { return first }
            entries[extraNames] = Entry(authority: authority)
            return authority
        }
    }
}
