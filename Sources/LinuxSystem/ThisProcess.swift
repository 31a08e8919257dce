package import Domain
import Glibc

/// The process that this program runs as.
package enum ThisProcess {
    /// Its process id.
    package static var id: Int32 { getpid() }

    /// The process id of the one that started it; 1 or less when that one is gone or belongs to another container.
    package static var parent: Int32 { getppid() }

    /// The process id of the leader of the session that a process belongs to (setsid(2)); -1 when there is none.
    package static func sessionLeader(of process: Int32) -> Int32 { getsid(process) }

    /// How many descriptors it may have open at once (getrlimit(2), `RLIMIT_NOFILE`); `nil` when the system does not say.
    package static var descriptorLimit: Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Int(clamping: limit.rlim_cur)
    }

    /// Sets a variable of its environment, which what it starts inherits; `nil` removes it.
    package static func setVariable(_ name: String, to value: Secret?) {
        if let value { setenv(name, value.exposedText, 1) } else { unsetenv(name) }
    }

    /// Has a reader that went away be an error of the write instead of the end of this process.
    package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Makes this process the command that its last `count` arguments name, found on `PATH`. Descriptors, signals and
    /// the process id stay; the arguments keep bytes that are not UTF-8.
    ///
    /// - Returns: only when that failed.
    package static func become(lastArguments count: Int) -> SystemError { POSIX.replaceProcess(withLast: count) }

    /// Ends it, without the clean-up of fifty libraries: nothing is buffered here, and the system takes back the rest.
    package static func end(with code: Int32) -> Never { _exit(code) }
}
