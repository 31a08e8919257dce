/// Hexadecimal text.
package enum Hex {
    static let upperCaseDigits = Array("0123456789ABCDEF".utf8)
    private static let lowerCaseDigits = Array("0123456789abcdef".utf8)

    /// Two lower-case digits a byte.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(lowerCaseDigits[Int(byte >> 4)])
            text.append(lowerCaseDigits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
