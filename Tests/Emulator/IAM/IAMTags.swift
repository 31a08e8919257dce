/// The tags of an entity: fifty at most, whose keys differ by more than case.
enum IAMTags {
    /// - Throws: where a key comes twice, is AWS's own, or there would be too many.
    static func merged(_ new: [AWSWorld.Tag], into old: [AWSWorld.Tag]) throws(ServiceError) -> [AWSWorld.Tag] {
        guard Set(new.map { $0.key.lowercased() }).count == new.count else {
            throw .invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        }
        guard !new.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw .invalidInput("Tag keys must not begin with 'aws:', which is reserved for AWS.")
        }
        let merged = removing(new.map(\.key), from: old) + new
        guard merged.count <= 50 else { throw .limitExceeded("The number of tags has reached the maximum limit.") }
        return merged
    }

    static func removing(_ keys: [String], from tags: [AWSWorld.Tag]) -> [AWSWorld.Tag] {
        let gone = Set(keys.map { $0.lowercased() })
        return tags.filter { !gone.contains($0.key.lowercased()) }
    }

    static func keyed(_ tags: [AWSWorld.Tag]) -> [String: AWSWorld.Tag] {
        Dictionary(tags.map { ($0.key, $0) }) { $1 }
    }

    static func elements(_ tag: AWSWorld.Tag) -> [XMLElement] {
        [XMLElement("Key", tag.key), XMLElement("Value", tag.value)]
    }

    static func element(_ tags: [AWSWorld.Tag]) -> XMLElement {
        XMLElement("Tags", tags.map { XMLElement("member", elements($0)) })
    }
}
