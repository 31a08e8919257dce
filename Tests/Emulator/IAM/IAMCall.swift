import Domain

/// One call of IAM.
struct IAMCall {
    let action: String
    let caller: Caller
    let partition: String
    var parameters: QueryParameters

    /// Comes after all parameters are read: what is wrong with them is told first.
    ///
    /// - Throws: where a parameter was wrong, or the caller may not do this.
    func authorize(_ resource: String) throws(ServiceError) {
        try parameters.throwViolations()
        guard caller.may("iam:\(action)") else { throw .notAuthorized(caller, "iam:\(action)", on: resource) }
    }

    /// `arn:aws:iam::ACCOUNT:` and what follows.
    func arn(_ resource: String) -> String { "arn:\(partition):iam::\(caller.account):\(resource)" }
}

/// One page of a list, as `Marker` and `MaxItems` ask for it.
struct IAMPage {
    private let marker: String?
    private let maxItems: Int
    private let action: String

    /// Reads both parameters.
    init(_ call: inout IAMCall) {
        marker = call.parameters.optional("Marker", .marker)
        maxItems = call.parameters.integer("MaxItems", 1...1000) ?? 100
        action = call.action
    }

    /// - Parameters:
    ///   - items: the whole list, in order of their keys.
    ///   - limit: how many items a page has at most, whatever the caller allows.
    /// - Returns: the page, and the elements that tell whether there is more.
    /// - Throws: where the marker is none of this list's.
    func cut<Item>(
        _ items: [(key: String, item: Item)], limit: Int
    ) throws(ServiceError) -> (items: [Item], more: [XMLElement]) {
        var rest = items[...]
        if let marker {
            let text = Base64URL.decode(Substring(marker)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard text.hasPrefix("\(action) ") else { throw .validation("Invalid Marker.") }
            let last = text.dropFirst(action.count + 1)
            rest = rest.drop { $0.key <= last }
        }
        let page = rest.prefix(min(maxItems, limit))
        guard page.count < rest.count, let last = page.last else {
            return (page.map(\.item), [XMLElement("IsTruncated", "false")])
        }
        let next = Base64URL.encode(Array("\(action) \(last.key)".utf8))
        return (page.map(\.item), [XMLElement("IsTruncated", "true"), XMLElement("Marker", next)])
    }
}

extension IAMService {
    /// A page of a list of named things, as the element `name` and those that tell whether there is more.
    func list<Item>(
        _ name: String, _ items: [String: Item], page: IAMPage, element: (Item) -> [XMLElement]
    ) throws(ServiceError) -> [XMLElement] {
        let sorted = items.map { (key: $0.key, item: $0.value) }.sorted { $0.key < $1.key }
        let page = try page.cut(sorted, limit: state.world.read(\.pageSize))
        return [XMLElement(name, page.items.map { XMLElement("member", element($0)) })] + page.more
    }
}
