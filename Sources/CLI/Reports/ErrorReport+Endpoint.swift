import CredentialServer
import Domain
import Glibc

extension ErrorReport {
    /// An endpoint that cannot listen.
    init(_ error: CredentialServer.StartError) {
        let reason = error.code.map { ": \(POSIX.message(for: $0))" } ?? ""
        guard error.port != 0 else {
            self.init(.unexpected, "no port of this machine can be listened on\(reason)")
            return
        }
        self.init(
            .unavailable, "port \(error.port) of this machine cannot be listened on\(reason)",
            hints: error.code == EADDRINUSE
                ? ["'keyless serve --stop' ends an endpoint of this job; without --port any free one is taken"]
                : ["without --port any free one is taken"])
    }
}
