import Domain
import LinuxSystem

extension FileSystem {
    /// The whole file that the user named.
    ///
    /// - Parameters:
    ///   - what: what the file is to the user, such as `session policy`.
    ///   - limit: the largest size accepted, in bytes.
    /// - Throws: ``ErrorReport`` if there is none, or it cannot be read.
    static func read(_ path: String, named what: String, limit: Int = 1 << 20) throws(ErrorReport) -> Secret {
        let contents: Secret?
        do throws(Failure) {
            contents = try read(path, limit: limit)
        } catch {
            throw ErrorReport(error)
        }
        guard let contents else {
            throw ErrorReport(.badInput, "cannot read the \(what) \(path): there is no such file")
        }
        return contents
    }
}
