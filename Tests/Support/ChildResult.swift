package import Foundation

/// What a child process has left when it ended.
package struct ChildResult: Sendable {
    /// Its exit code, or 128 + the signal that ended it.
    package let code: Int32
    /// What it printed, as bytes.
    package let stdout: Data
    /// What it said of errors, as bytes.
    package let stderr: Data

    /// One put together by hand, for what was changed after a run.
    package init(code: Int32, stdout: Data, stderr: Data) {
        (self.code, self.stdout, self.stderr) = (code, stdout, stderr)
    }

    /// What it printed.
    package var out: String { String(decoding: stdout, as: UTF8.self) }
    /// What it said of errors.
    package var err: String { String(decoding: stderr, as: UTF8.self) }
}
