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
