package import FoundationEssentials

/// How long before their end credentials are renewed by whoever uses them.
///
/// Source: the AWS SDKs' credential-refresh cases.
package enum RefreshWindow {
    /// In seconds.
    ///
    /// - Parameter lifetime: how long the credentials lived when they were got, in seconds.
    package static func seconds(ofLifetime lifetime: TimeInterval) -> TimeInterval {
        switch lifetime {
        case ...(20 * 60): 5 * 60
        case ..<(90 * 60): 15 * 60
        default: 60 * 60
        }
    }
}
