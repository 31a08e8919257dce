import CCurl

/// A thread for work that is done beside the thread that asks for it.
enum SideThread {
    /// Runs the work on another processor than the caller's, where there is one. Left to itself a scheduler that packs
    /// threads onto few processors lets a new thread wait for its creator, for up to 3 ms.
    ///
    /// - Returns: `false` when the system has no thread left; the work is not done then.
    @discardableResult
    static func run(_ work: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        if var others = otherProcessors() {
            pthread_attr_setaffinity_np(&attributes, MemoryLayout<cpu_set_t>.size, &others)
        }
        let work = Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { context in
                context.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, work.toOpaque())
        if code != 0 { work.release() }
        return code == 0
    }

    private final class Work {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Where this thread may run, without where it runs now; `nil` when that leaves none.
    private static func otherProcessors() -> cpu_set_t? {
        var processors = cpu_set_t()
        let current = Int(sched_getcpu())
        guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &processors) == 0, current >= 0 else { return nil }
        let isAnyLeft = withUnsafeMutableBytes(of: &processors) { bits in
            if current / 8 < bits.count { bits[current / 8] &= ~(1 << UInt8(current % 8)) }
            return bits.contains { $0 != 0 }
        }
        return isAnyLeft ? processors : nil
    }
}
