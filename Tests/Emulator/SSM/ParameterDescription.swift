import Foundation
import TLSCrypto

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
