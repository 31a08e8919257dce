import Domain

/// The id of a service connection, which Azure DevOps wants where people tend to give the name.
package struct ServiceConnectionID: Sendable, Equatable, CustomStringConvertible {
    /// The GUID, lower case.
    package let text: String

    /// - Returns: `nil` where the text is no GUID.
    package init?(_ text: String) {
        guard GUID.isValid(text) else { return nil }
        self.text = text.lowercased()
    }

    package var description: String { text }
}
