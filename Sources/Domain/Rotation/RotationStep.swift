package import FoundationEssentials

/// What a rotation does next.
package enum RotationStep: Sendable, Equatable {
    /// Write down in the secret that a key will be created, and which ones there are.
    case announce(keys: [String])
    case create
    /// Keep the new key as `AWSPENDING`.
    case store(key: String, replacing: String)
    /// Let AWS accept the key, several times in a row.
    case verify(key: String)
    /// Put the key into the service connection.
    case connect(key: String)
    /// Let Azure DevOps say that the service connection is ready.
    case awaitReady
    /// Move `AWSCURRENT` to the version that keeps the key.
    case promote(key: String)
    case deactivate(key: String)
    case activate(key: String)
    /// Take `AWSPENDING` off: the rotation is over.
    case close
    case delete(key: String, DeletionReason)
    /// Label the version that keeps an earlier key `AWSPENDING`, which makes it the one to go back to.
    case point(key: String)
    case end(RotationEnd)
    case refuse(RotationRefusal)

    /// Why a key is deleted.
    package enum DeletionReason: Sendable, Equatable {
        /// An earlier run created it, and nobody has its secret or uses it.
        case orphan
        /// The rotation that created it is being undone.
        case undone
        /// It was replaced, and its grace is over.
        case retired
        /// It is inactive, and the user said that it may go.
        case inactive
    }
}

/// Why there is nothing more to do now.
package enum RotationEnd: Sendable, Equatable {
    /// One key is left, and all is as it shall be.
    case complete
    /// The old key is inactive, and may be deleted from that moment on.
    case retiring(key: String, until: Date)
    /// The old key is inactive, and was used after the rotation had ended.
    case stillUsed(key: String, AccessKeyUse)
    /// The key is not as old as it may become; that is when it will be.
    case young(key: String, until: Date)
}

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
