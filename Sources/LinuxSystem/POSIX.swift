import Domain
import Glibc

/// The system calls that need a pointer: the one place of this target with unsafe code.
enum POSIX {
    /// Writes every byte, going on after interruptions and short writes.
    ///
    /// - Throws: ``SystemError`` where the descriptor takes no more.
    static func writeAll(_ contents: Secret, to descriptor: Int32) throws(SystemError) {
        let failure: Int32? = contents.withExposedBytes { bytes in
            bytes.withUnsafeBytes { buffer in
                var offset = 0
                while offset < buffer.count {
                    let written = write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                    if written < 0 && errno != EINTR { return errno }
                    offset += max(0, written)
                }
                return nil
            }
        }
        if let failure { throw SystemError("write", code: failure) }
    }

    /// Reads to the end, going on after interruptions.
    ///
    /// - Parameter limit: in bytes.
    /// - Returns: what was read; a byte more than `limit` where there is more than that.
    /// - Throws: ``SystemError`` where the descriptor gives no more.
    static func readAll(from descriptor: Int32, limit: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let chunk = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if chunk < 0 && errno != EINTR { throw SystemError("read") }
            if chunk == 0 { break }
            count += max(0, chunk)
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Reads what is there for the moment, up to `limit` bytes.
    ///
    /// - Returns: nothing where the writers are gone; `nil` where they have nothing to say yet.
    /// - Throws: ``SystemError`` where the descriptor gives no more.
    static func readAvailable(from descriptor: Int32, limit: Int) throws(SystemError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
            guard [EAGAIN, EINTR].contains(errno) else { throw SystemError("read") }
            return nil
        }
        bytes.removeLast(limit - count)
        return bytes
    }

    /// Starts a program found on `PATH`. Its output goes to `output`; input, errors, environment and directory are this
    /// process's, no signal is held back.
    ///
    /// - Returns: its process id, to be waited for.
    /// - Throws: ``SystemError`` where there is no such program, or it cannot be started.
    static func start(_ arguments: [String], output: Int32) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
            for word in words { free(word) }
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // Whoever ignores the end of its children is not told how they ended.
        signal(SIGCHLD, SIG_DFL)
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, words + [nil], environ)
        guard code == 0 else { throw SystemError("posix_spawnp", code: code) }
        return process
    }

    /// Makes this process the command that the last `count` arguments of its own command line name, found on `PATH`.
    /// Descriptors, signals and the process id stay; the arguments keep bytes that are not UTF-8.
    ///
    /// - Returns: only where that failed.
    static func replaceProcess(withLast count: Int) -> SystemError {
        let arguments = CommandLine.unsafeArgv.advanced(by: Int(CommandLine.argc) - count)
        if let command = arguments.pointee { execvp(command, arguments) }
        return SystemError("execvp", code: errno)
    }

    /// Starts the command that the last `count` arguments of this process's own command line name, found on `PATH`, in
    /// this process's environment. The arguments keep bytes that are not UTF-8.
    ///
    /// - Parameters:
    ///   - mask: the signals that are held back from it.
    ///   - inOwnGroup: whether it is the first of a new group of processes.
    ///   - signals: those that mean to it what they mean to any program.
    /// - Returns: its process id, to be waited for.
    /// - Throws: ``SystemError`` where there is no such program, or it cannot be started.
    static func spawn(
        withLast count: Int, mask: SignalMask, inOwnGroup: Bool, restoring signals: [Int32]
    ) throws(SystemError) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var held = mask.signals
        posix_spawnattr_setsigmask(&attributes, &held)
        posix_spawnattr_setpgroup(&attributes, 0)
        var restored = sigset_t()
        sigemptyset(&restored)
        for signal in signals { sigaddset(&restored, signal) }
        posix_spawnattr_setsigdefault(&attributes, &restored)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (inOwnGroup ? POSIX_SPAWN_SETPGROUP : 0)))
        let arguments = CommandLine.unsafeArgv.advanced(by: Int(CommandLine.argc) - count)
        guard let command = arguments.pointee else { throw SystemError("posix_spawnp", code: ENOENT) }
        var process: pid_t = 0
        let code = posix_spawnp(&process, command, nil, &attributes, arguments, environ)
        guard code == 0 else { throw SystemError("posix_spawnp", code: code) }
        return process
    }

    /// Starts this program again, with its arguments and some more behind the command's name, and without input.
    ///
    /// - Parameters:
    ///   - ready: a descriptor that it gets.
    ///   - number: what that is there.
    /// - Returns: its process id, to be waited for.
    /// - Throws: ``SystemError`` where it cannot be started.
    static func spawnSelf(
        adding arguments: [String], ready: Int32, as number: Int32
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        let added: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer {
            posix_spawn_file_actions_destroy(&actions)
            for word in added { free(word) }
        }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ready, number)
        let own = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        let all = own.prefix(2) + added + own.dropFirst(2) + [nil]
        // Whoever ignores the end of its children is not told how they ended.
        signal(SIGCHLD, SIG_DFL)
        var process: pid_t = 0
        let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, Array(all), environ)
        guard code == 0 else { throw SystemError("posix_spawn", code: code) }
        return process
    }

    /// The descriptor that the handler writes to. Set once, before the first signal is caught.
    nonisolated(unsafe) private static var signalWriter: Int32 = -1

    /// Has signals written into a pipe, a byte each, in place of what they would do.
    ///
    /// - Returns: the pipe's end for reading, which does not wait.
    /// - Throws: ``SystemError``.
    static func catchSignals(_ signals: [Int32]) throws(SystemError) -> Int32 {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemError("pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        signalWriter = ends[1]
        // Whoever started this process may hold them back, and then they would never come.
        var caught = sigset_t()
        sigemptyset(&caught)
        for number in signals { sigaddset(&caught, number) }
        pthread_sigmask(SIG_UNBLOCK, &caught, nil)
        for number in signals {
            // Only what is safe in a handler: one system call.
            signal(number) { number in
                let error = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(POSIX.signalWriter, &byte, 1)
                errno = error
            }
        }
        return ends[0]
    }

    /// The system's words for an `errno`, lower case.
    static func message(for code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
