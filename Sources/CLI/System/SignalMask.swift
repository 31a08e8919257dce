import Glibc

/// The signals that are held back from a thread.
///
/// The threads that run tasks hold back nearly all, and a command that takes this process's place from one of them
/// would be deaf to the agent's and to Ctrl-C.
struct SignalMask: @unchecked Sendable {
    // Only ever read after init; sigset_t is a plain value that the module does not mark.
    private(set) var signals = sigset_t()

    /// That of the calling thread.
    init() { pthread_sigmask(SIG_SETMASK, nil, &signals) }

    /// Makes it the calling thread's.
    func restore() {
        var signals = signals
        pthread_sigmask(SIG_SETMASK, &signals, nil)
    }
}
