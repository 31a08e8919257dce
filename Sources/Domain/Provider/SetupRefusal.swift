/// Why a setup is not made although IAM would let it.
package enum SetupRefusal: Error, Sendable, Equatable {
    /// Something else keeps the role as it is, and would undo or be broken by a change; `owner` names it.
    case foreignRole(name: String, owner: String)
    /// A role's path cannot be changed.
    case differentPath(name: String, existing: String, wanted: String)
    /// The trust policy would be longer than IAM takes, in characters without white space.
    case trustPolicyTooLong(size: Int, limit: Int)
}
