package import FoundationEssentials

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
