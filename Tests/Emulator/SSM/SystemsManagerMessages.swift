import Foundation
import TLSCrypto

/// How a call names a parameter: by its name or its ARN, and a version's number or label behind a colon.
struct ParameterReference {
    /// The names it can mean: an ARN does not tell `/x` from `x`.
    let names: [String]
    let selector: String?
    /// The partition, the region and the account of an ARN.
    private let place: [String]?

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        let isARN = parts.count == 6 && parts[0] == "arn" && parts[2] == "ssm" && parts[5].hasPrefix("parameter/")
        place = isARN ? [parts[1], parts[3], parts[4]] : nil
        let rest = isARN ? String(parts[5].dropFirst("parameter".count)) : text
        let sides = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        names = isARN ? [sides[0], String(sides[0].dropFirst())] : [sides[0]]
        selector = sides.count > 1 ? sides[1] : nil
    }

    /// Whether it can be a parameter of the caller's account where the caller is.
    func isIn(_ call: JSONCall) -> Bool {
        place == nil || place == [call.partition, call.region, call.caller.account]
    }

    /// The resource that a permission is about.
    func arn(_ call: JSONCall) -> String {
        let place = place ?? [call.partition, call.region, call.caller.account]
        let path = names[0].hasPrefix("/") ? names[0] : "/\(names[0])"
        return "arn:\(place[0]):ssm:\(place[1]):\(place[2]):parameter\(path)"
    }
}

/// A version of a parameter as Systems Manager describes it.
struct ParameterDescription: Encodable {
    let Name, ARN, Value, DataType: String
    let `Type`: String
    let Version: Int
    let Selector: String?
    let LastModifiedDate: Date

    /// - Parameters:
    ///   - version: its index.
    ///   - selector: what it was asked for by.
    ///   - isDecrypted: whether the value of a secret one is told; its ciphertext is otherwise.
    init(_ parameter: AWSWorld.Parameter, version: Int, selector: String?, isDecrypted: Bool, arn: String) {
        let value = parameter.versions[version]
        (Name, ARN, DataType, `Type`) = (parameter.name, arn, "text", parameter.kind.rawValue)
        (Version, Selector) = (version + 1, selector.map { ":\($0)" })
        Value = parameter.kind == .secret && !isDecrypted ? Self.ciphertext(of: value.value) : value.value
        LastModifiedDate = value.modified
    }

    /// As long as KMS makes it, and begins as KMS's do.
    private static func ciphertext(of value: String) -> String {
        let digest = Digest.sha256(Array("ciphertext \(value)".utf8))
        return Data([1, 2, 2, 0, 0x78] + digest + digest + Array(repeating: 0, count: value.utf8.count + 64))
            .base64EncodedString()
    }
}
