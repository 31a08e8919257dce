extension AWSWorld.StoredSecret {
    /// The staging labels that Secrets Manager itself moves.
    static let current = "AWSCURRENT"
    static let previous = "AWSPREVIOUS"

    /// Puts a staging label on a version and takes it from the one that has it. The version that ``current`` leaves
    /// becomes ``previous``.
    mutating func move(_ label: String, to id: String) {
        let old = self[stage: label]?.id
        guard old != id else { return }
        remove(label)
        if label == Self.current {
            // It is not its own predecessor.
            remove(Self.previous, from: id)
            if let old { move(Self.previous, to: old) }
        }
        change(id) { $0.stages.append(label) }
    }

    /// Takes a staging label from the version that has it.
    mutating func remove(_ label: String) {
        for version in versions { remove(label, from: version.id) }
    }

    private mutating func remove(_ label: String, from id: String) {
        change(id) { $0.stages.removeAll { $0 == label } }
    }

    /// Changes the version of that id, where there is one.
    mutating func change(_ id: String, _ change: (inout AWSWorld.SecretVersion) -> Void) {
        if let index = versions.firstIndex(where: { $0.id == id }) { change(&versions[index]) }
    }
}
