/// For whom a command prints.
package enum OutputForm: String, Sendable, CaseIterable {
    /// For a person.
    case text
    /// For a program.
    case json
}
