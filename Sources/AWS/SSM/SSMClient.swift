package import Domain

/// Calls AWS Systems Manager (API version 2014-11-06, JSON 1.1) as one principal. What can pass is tried again within
/// the session's deadline.
package struct SSMClient: Sendable {
    private let service: SignedService

    /// - Parameters:
    ///   - session: whose parameters they are.
    ///   - endpoint: from ``EndpointRules``.
    package init(_ session: AWSSession, endpoint: Endpoint) {
        service = SignedService(.ssm, at: endpoint, as: session)
    }

    /// The value of a parameter, decrypted.
    ///
    /// - Parameter name: a name or an ARN, with `:3` or `:label` for one version.
    /// - Throws: ``AWSError``; `ParameterNotFound` and `ParameterVersionNotFound` for what is not there.
    package func parameter(_ name: String) async throws(AWSError) -> Secret {
        // The members' names are the service's.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Answer: Decodable {
            struct Parameter: Decodable { let Value: Secret }
            let Parameter: Parameter
        }
        let answer = try await service.call(
            "GetParameter", on: arn(of: name), target: "AmazonSSM",
            ["Name": .value(.text(name)), "WithDecryption": .value(.boolean(true))], as: Answer.self)
        return answer.Parameter.Value
    }

    /// As a policy names the parameter: without a version or a label behind its name.
    private func arn(of name: String) -> String {
        if name.hasPrefix("arn:") { return name }
        let plain = name.prefix { $0 != ":" }.drop { $0 == "/" }
        return service.session.arn(.ssm, region: service.region, "parameter/\(plain)").text
    }
}
