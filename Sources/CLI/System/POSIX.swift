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

    /// Makes this process the command that the last `count` arguments of its own command line name, found on `PATH`.
    /// Descriptors, signals and the process id stay; the arguments keep bytes that are not UTF-8.
    ///
    /// - Returns: only where that failed.
    static func replaceProcess(withLast count: Int) -> SystemError {
        let arguments = CommandLine.unsafeArgv.advanced(by: Int(CommandLine.argc) - count)
        if let command = arguments.pointee { execvp(command, arguments) }
        return SystemError("execvp", code: errno)
    }

    /// The system's words for an `errno`, lower case.
    static func message(for code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
