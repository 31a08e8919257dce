import CredentialServer
import Domain
import LinuxSystem

extension ErrorReport {
    /// An endpoint that cannot listen.
    init(_ error: CredentialServer.StartError) {
        let cause = error.code.map { SystemError("bind", code: $0) }
        let reason = cause.map { ": \($0)" } ?? ""
        guard error.port != 0 else {
            self.init(.unexpected, "no port of this machine can be listened on\(reason)")
            return
        }
        self.init(
            .unavailable, "port \(error.port) of this machine cannot be listened on\(reason)",
            hints: cause?.isAddressInUse == true
                ? ["'keyless serve --stop' ends an endpoint of this job; without --port any free one is taken"]
                : ["without --port any free one is taken"])
    }

    /// A process in the background that did not come to stay.
    init(_ failure: BackgroundProcess.Failure) {
        switch failure {
        case .cannotStart(let error):
            self.init(.unexpected, "the endpoint cannot be started in the background: \(error)")
        case .ended(let signal):
            self.init(.unexpected, "the background process was ended by signal \(signal) as it started")
        }
    }
}
