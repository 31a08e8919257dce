/// What a command prints for a program: an object whose first member names its schema.
package enum JSONReport {
    /// The schemas, `keyless.<command>/<version>`, and those of an error and a notification of any command.
    ///
    /// docs/schema has each as a JSON Schema. A change that would break a reader is another version.
    package enum Schema: String, Sendable, CaseIterable {
        case assume = "keyless.assume/1"
        case error = "keyless.error/1"
        case migrate = "keyless.migrate/1"
        case notification = "keyless.notification/1"
        case refreshThumbprints = "keyless.refresh-thumbprints/1"
        case rotate = "keyless.rotate/1"
        case serve = "keyless.serve/1"
        case setupProvider = "keyless.setup-provider/1"
        case token = "keyless.token/1"
    }

    /// - Parameters:
    ///   - order: the names that come first in an object, in this order.
    ///   - isPretty: false for a single line.
    /// - Returns: the JSON, the last line ended, with nothing in it that an agent would read as a command.
    package static func text(
        _ schema: Schema, _ members: [String: JSONValue], order: [String] = [], isPretty: Bool = true
    ) -> String {
        let all = members.merging(["schema": .text(schema.rawValue)]) { $1 }
        return ForeignText.cleanJSON(JSONValue.members(all).json(isPretty: isPretty, order: ["schema"] + order) + "\n")
    }
}
