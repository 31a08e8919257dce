import CurlTransport
import Domain

extension ThumbprintProbe {
    /// The probe with this system's certificate authorities, and those of `--ca-bundle` besides.
    ///
    /// - Throws: ``ErrorReport`` for a CA file that is none, ``HTTPError/configuration(reason:)`` for an unusable proxy.
    init(_ options: GlobalOptions, _ context: Context) throws {
        let configuration = try Network.transport(options, context)
        var system = configuration
        system.caBundle = nil
        self.init(
            systemClient: context.makeHTTPClient(system),
            bundleClient: configuration.caBundle == nil ? nil : context.makeHTTPClient(configuration),
            time: context.time)
    }
}
