import Foundation
import TLSCrypto

/// AWS Systems Manager, version 2014-11-06: `GetParameter`.
struct SystemsManagerService: Sendable {
    let state: AWSState

    /// - Returns: the answer's body.
    /// - Throws: the refusal.
    func perform(_ call: inout JSONCall) throws(ServiceError) -> any Encodable {
        let text = try call.parameters.required("Name", .parameterName)
        let isDecrypted = try call.parameters.boolean("WithDecryption")
        let reference = ParameterReference(text)
        try call.authorize(reference.arn(call))

        let parameter = state.world.read { world in
            reference.names.compactMap { world[parameter: $0, in: call.caller.account, region: call.region] }.first
        }
        guard let parameter, reference.isIn(call), let last = parameter.versions.indices.last else {
            // It has no message.
            throw ServiceError(code: "ParameterNotFound", message: "")
        }
        let index = try reference.selector.map { selector throws(ServiceError) in
            try Self.index(selector, in: parameter)
        }
        if parameter.kind == .secret, isDecrypted {
            let key = "arn:\(call.partition):kms:\(call.region):\(call.caller.account):key/\(Self.keyID)"
            try call.authorize("kms:Decrypt", on: key)
            state.secrets.remember(parameter.versions[index ?? last].value)
        }
        let description = ParameterDescription(
            parameter, version: index ?? last, selector: reference.selector, isDecrypted: isDecrypted,
            arn: state.world.read { $0.arn(of: parameter) })
        return ["Parameter": description]
    }

    /// Which version a selector means: its number, or one of its labels.
    private static func index(_ selector: String, in parameter: AWSWorld.Parameter) throws(ServiceError) -> Int {
        if let number = Int(selector) {
            guard parameter.versions.indices.contains(number - 1) else {
                throw versionNotFound("version \(selector) of \(parameter.name). Verify the version")
            }
            return number - 1
        }
        guard let index = parameter.versions.firstIndex(where: { $0.labels.contains(selector) }) else {
            throw versionNotFound("label \(selector) of \(parameter.name). Verify the label")
        }
        return index
    }

    private static func versionNotFound(_ what: String) -> ServiceError {
        ServiceError(
            code: "ParameterVersionNotFound", message: "Systems Manager could not find \(what) and try again.")
    }

    /// Of the key `aws/ssm`.
    private static let keyID = "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05"
}
