/// Decoding of queries and of form bodies (WHATWG URL, `application/x-www-form-urlencoded`).
enum FormDecoding {
    /// The items in order. A percent sign that begins no escape stays as it is.
    static func items(_ text: String) -> [(name: String, value: String)] {
        // By bytes: looking for the borders of characters in a token of two thousand takes longer than all the rest.
        text.utf8.split(separator: UInt8(ascii: "&")).map { item in
            let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(parts[0]), parts.count > 1 ? decode(parts[1]) : "")
        }
    }

    private static func decode(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let value = hexByte(rest.prefix(2)) else { fallthrough }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default:
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The byte that two hexadecimal digits stand for.
    private static func hexByte(_ digits: ArraySlice<UInt8>) -> UInt8? {
        let characters = digits.map { Character(Unicode.Scalar($0)) }
        guard characters.count == 2, characters.allSatisfy(\.isHexDigit) else { return nil }
        return UInt8(String(characters), radix: 16)
    }
}
