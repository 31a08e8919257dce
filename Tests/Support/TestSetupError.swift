/// Something the tests need is not there, and what to do about it. Never a reason to skip.
package struct TestSetupError: Error, CustomStringConvertible {
    package let description: String

    /// - Parameter description: a sentence that says both.
    package init(_ description: String) { self.description = description }
}
