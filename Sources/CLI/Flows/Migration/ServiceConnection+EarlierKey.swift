import AzureDevOps
import Domain

extension ServiceConnection {
    private static let references = "serviceEndpointProjectReferences"

    /// The access key it had, where it is on OIDC now: as noted, or as somebody else left it there.
    var earlierKey: EarlierKey? {
        guard usesOIDC else { return nil }
        if let key = accessKeyID { return EarlierKey(id: key, role: notedKey?.role) }
        return notedKey
    }

    /// The access key it holds or had.
    var keyID: String? { usesOIDC ? earlierKey?.id : accessKeyID }

    /// Whether it is on OIDC with that role, so that tasks of the AWS Toolkit take it.
    func isOnOIDC(with role: RoleARN) -> Bool { usesOIDC && roleARN == role.text && accessKeyID == nil }

    /// The same with a note of the access key that is in it, if one is.
    var notingKey: ServiceConnection {
        guard let id = accessKeyID else { return self }
        let key = usesOIDC ? earlierKey : EarlierKey(id: id, role: roleARN)
        return describing { key?.noted(in: $0) ?? $0 }
    }

    /// The same without the note.
    var forgettingKey: ServiceConnection { describing(EarlierKey.removed) }

    private var notedKey: EarlierKey? {
        ([description ?? ""] + referenceDescriptions).lazy.compactMap { EarlierKey(in: $0) }.first
    }

    private var referenceDescriptions: [String] {
        guard case .list(let references)? = document[Self.references] else { return [] }
        return references.compactMap { reference in
            if case .members(let members) = reference { members["description"]?.textValue } else { nil }
        }
    }

    /// The connection's description is that of the project it was read in, so it is changed there too.
    private func describing(_ change: (String) -> String) -> ServiceConnection {
        let old = description ?? ""
        var changed = document
        changed["description"] = .text(change(old))
        if case .list(let references)? = document[Self.references] {
            changed[Self.references] = .list(
                references.map { reference in
                    guard case .members(var members) = reference else { return reference }
                    let text = members["description"]?.textValue ?? ""
                    guard text == old || EarlierKey(in: text) != nil else { return reference }
                    members["description"] = .text(change(text))
                    return .members(members)
                })
        }
        return ServiceConnection(changed) ?? self
    }
}
