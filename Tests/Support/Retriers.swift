package import Domain

extension Retrier {
    /// One that has no time for a second try, whatever the first brings.
    package static func once() -> Retrier {
        let clock = ManualClock()
        // Shorter than the shortest wait before another one.
        return Retrier(
            time: clock, random: FixedRandom(0.99), deadline: Deadline(in: .milliseconds(50), of: clock))
    }

    /// One that tries again without any wait, for ten seconds of a clock that stands still.
    package static func patient() -> Retrier {
        let clock = ManualClock()
        return Retrier(time: clock, random: FixedRandom(0), deadline: Deadline(in: .seconds(10), of: clock))
    }
}
