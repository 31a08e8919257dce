/// Whether a statement is for an OIDC provider: its `Principal` or `NotPrincipal`.
///
/// Source: IAM User Guide, "AWS JSON policy elements: Principal". Names are compared whole, letter by letter.
enum TrustedPrincipals {
    /// - Returns: whether it is, and whom the statement names.
    static func verdict(_ statement: JSONValue, provider: String) -> (verdict: TrustVerdict, named: [String]) {
        if let principal = statement["Principal"] {
            return (matches(principal, provider), names(principal))
        }
        if let excluded = statement["NotPrincipal"] {
            return (matches(excluded, provider).negated, names(excluded).map { "not \($0)" })
        }
        return (.fails, [])
    }

    private static func matches(_ principal: JSONValue, _ provider: String) -> TrustVerdict {
        if principal == .text("*") { return .holds }
        let federated = principal["Federated"]?.texts ?? []
        if federated.contains(where: { $0.unicodeScalars.elementsEqual(provider.unicodeScalars) }) { return .holds }
        // IAM says that this is the same as a bare "*"; of a lone * under Federated it says nothing.
        if principal["AWS"]?.texts.contains("*") == true { return .holds }
        return federated.contains("*") ? .unknown : .fails
    }

    private static func names(_ principal: JSONValue) -> [String] {
        guard case .members(let members) = principal else { return principal.texts }
        return members.sorted { $0.key < $1.key }.flatMap(\.value.texts)
    }
}

extension JSONValue {
    /// A value or a list of them, as a policy may have either, in words.
    var texts: [String] {
        if case .list(let values) = self { values.map(\.display) } else { [display] }
    }
}
