/// A project of an organisation.
package struct Project: Sendable, Equatable {
    /// A GUID.
    package let id: String
    package let name: String

    package init(id: String, name: String) { (self.id, self.name) = (id, name) }
}
