package import Domain

/// An element of an XML answer. Attributes are not kept: AWS's answers say nothing in them.
package struct XMLElement: Sendable {
    /// As written, a prefix included.
    package let name: String
    /// The elements directly inside, in their order.
    package let children: [XMLElement]
    /// The text directly inside, its parts joined. A secret, because credentials come this way.
    package let text: Secret

    /// Takes the parts as they are.
    package init(name: String, children: [XMLElement], text: Secret) {
        (self.name, self.children, self.text) = (name, children, text)
    }

    /// The first element at `path`, each part the name of a child of the one before: `Credentials/AccessKeyId`.
    package func first(_ path: String) -> XMLElement? {
        var element: XMLElement? = self
        for name in path.split(separator: "/") { element = element?.children.first { $0.name == name } }
        return element
    }

    /// The text at `path` as it stands, to be used for nothing secret.
    package func string(at path: String) -> String? { first(path)?.text.exposedText }

    /// The text at `path`, kept secret.
    package func secret(at path: String) -> Secret? { first(path)?.text }
}

/// Why bytes are not an XML document that is read here.
package enum XMLError: Error, Sendable, Equatable {
    /// It has a document type declaration. Entities could be declared there, so it is never read.
    case documentType
    /// Elements are nested deeper than allowed.
    case tooDeep
    /// It is larger than allowed.
    case tooLarge
    /// It is not well formed, from the byte at `offset` on.
    case malformed(offset: Int)
}
