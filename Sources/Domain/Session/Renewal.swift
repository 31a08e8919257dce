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

/// When a session that is given to others is renewed, so early that whoever asks always gets one with more than fifteen
/// minutes left: with less than that the AWS SDKs ask again at every call.
///
/// Source: botocore's `RefreshableCredentials`: advisory from 15 minutes before the end, mandatory from 10.
package enum RenewalSchedule {
    /// What SDKs want to have left, in seconds.
    package static let wanted: TimeInterval = 15 * 60
    /// What is kept besides, for a renewal that does not come off at once.
    private static let reserve: TimeInterval = 5 * 60
    /// No session is renewed earlier before its end.
    private static let longestWindow: TimeInterval = 60 * 60
    /// Between two tries that failed.
    private static let pauses = (first: TimeInterval(1), longest: TimeInterval(30), longestWithout: TimeInterval(10))

    /// How long after it was got a session is renewed, in seconds.
    ///
    /// - Parameter lifetime: how long it lasts from then on, in seconds. One that seems over already is the clock's
    ///   fault, and asking again at once would not mend that.
    package static func delay(ofSessionFor lifetime: TimeInterval) -> TimeInterval {
        guard lifetime > 0 else { return pauses.longest }
        // A short session cannot have that much left all the time; half of it is what there is.
        let window = max(min(wanted + reserve, lifetime / 2), min(lifetime / 3, longestWindow))
        return lifetime - window
    }

    /// How long to wait before the next try, in seconds; never so long that a session that ends soon is not tried for
    /// several times more.
    ///
    /// - Parameters:
    ///   - failures: how many tries failed one after the other, at least 1.
    ///   - end: of the session that is there.
    ///   - random: from 0 up to, not including, 1.
    package static func pause(afterFailures failures: Int, sessionUntil end: Date, now: Date, random: Double)
        -> TimeInterval
    {
        let longest = min(pauses.first * Double(1 << min(failures - 1, 10)), pauses.longest)
        let remaining = end.timeIntervalSince(now)
        // Where there is nothing to give somebody is waiting.
        let bounded = min(longest, remaining > 0 ? max(remaining / 8, 0.1) : pauses.longestWithout)
        return bounded * (0.5 + random / 2)
    }
}
