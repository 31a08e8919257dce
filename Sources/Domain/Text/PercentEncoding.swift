/// Percent-encoding as AWS and OAuth want it: everything but the unreserved characters of RFC 3986 §2.3.
package enum PercentEncoding {
    /// Encodes every byte of the UTF-8 form that is not a letter, a digit or one of `-._~`.
    ///
    /// - Parameter keeping: bytes to leave as they are besides those, such as `/` in a path.
    package static func encode(_ text: String, keeping: Set<UInt8> = []) -> String {
        String(decoding: encode(bytes: Array(text.utf8), keeping: keeping), as: UTF8.self)
    }

    /// The same for a secret, which stays one.
    package static func encode(_ secret: Secret) -> Secret {
        Secret(bytes: secret.withExposedBytes { encode(bytes: $0, keeping: []) })
    }

    /// Encodes a secret as a form's names and values are encoded: a space becomes `+`
    /// (URL Standard, "application/x-www-form-urlencoded").
    package static func encodeForm(_ secret: Secret) -> Secret {
        let space = UInt8(ascii: " ")
        let encoded = secret.withExposedBytes { encode(bytes: $0, keeping: [space]) }
        return Secret(bytes: encoded.map { $0 == space ? UInt8(ascii: "+") : $0 })
    }

    /// Decodes `%XX`; `nil` where a percent sign stands for nothing or the bytes are not UTF-8.
    package static func decode(_ text: String) -> String? {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.first != UInt8(ascii: "+")
            else { return nil }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func encode(bytes: [UInt8], keeping: Set<UInt8>) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count * 3)
        for byte in bytes {
            if isUnreserved(byte) || keeping.contains(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(Hex.upperCaseDigits[Int(byte >> 4)])
                encoded.append(Hex.upperCaseDigits[Int(byte & 0x0F)])
            }
        }
        return encoded
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit(or: "-._~")
    }
}
