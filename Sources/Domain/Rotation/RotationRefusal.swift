/// Why a rotation is not begun, or not gone back on.
package enum RotationRefusal: Error, Sendable, Equatable {
    /// The service connection holds a key that is not the user's; `nil` for none at all.
    case foreignKey(String?)
    /// The user has two active keys, and there is room for no third.
    case twoActiveKeys(inConnection: String, other: String)
    /// The user has a second key, inactive, that no rotation knows of.
    case inactiveKey(inConnection: String, other: String)
    /// The replaced key was used after the rotation had ended, so it is not deleted, and there is no room.
    case oldKeyStillUsed(String, AccessKeyUse)
    /// Another rotation of the same secret is under way; that is the version it labelled `AWSPENDING`.
    case pendingElsewhere(version: String)
    /// There is no earlier key to go back to.
    case nothingToReturnTo
    /// The earlier key is there, and its secret is not kept in Secrets Manager.
    case secretUnknown(key: String)
    /// Azure DevOps could not take the update of the service connection.
    case connectionFailed
}
