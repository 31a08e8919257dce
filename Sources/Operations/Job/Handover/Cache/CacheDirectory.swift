import Domain
import LinuxSystem

/// Where sessions are kept: for a job beside its other files, which the agent deletes, else where a user's caches are.
enum CacheDirectory {
    /// Makes it where it is missing, for this user alone.
    ///
    /// - Throws: ``ErrorReport`` where there is no place for it, or others could look into it; ``FileSystem/Failure``.
    static func open(_ context: Context) throws -> String {
        let path: String
        if let directory = context.variable("AGENT_TEMPDIRECTORY") {
            try FileSystem.createPrivateDirectory("\(directory)/keyless")
            path = "\(directory)/keyless/cache"
        } else if let directory = context.variable("XDG_CACHE_HOME"), directory.hasPrefix("/") {
            // One that is relative is to be ignored (XDG Base Directory Specification 0.8).
            try FileSystem.createPrivateDirectory(directory)
            path = "\(directory)/keyless"
        } else if let home = context.variable("HOME") {
            try FileSystem.createPrivateDirectory("\(home)/.cache")
            path = "\(home)/.cache/keyless"
        } else {
            throw ErrorReport(.missingConfiguration, "neither XDG_CACHE_HOME nor HOME says where")
        }
        try FileSystem.createPrivateDirectory(path)
        guard FileSystem.isPrivateDirectory(path) else {
            throw ErrorReport(.badInput, "\(path) is not a directory that this user alone can look into")
        }
        return path
    }
}
