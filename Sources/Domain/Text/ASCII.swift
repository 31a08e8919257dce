extension UInt8 {
    /// Whether it is `0` to `9`.
    package var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// Whether it is `a` to `z`.
    package var isASCIILowerCaseLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }

    /// Whether it is `A` to `Z`.
    package var isASCIIUpperCaseLetter: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }

    /// Whether it is `A` to `Z`, `a` to `z` or `0` to `9`, and nothing of any other script.
    package var isASCIILetterOrDigit: Bool { isASCIILowerCaseLetter || isASCIIUpperCaseLetter || isASCIIDigit }

    /// The same, or one of these characters of ASCII.
    package func isASCIILetterOrDigit(or others: String) -> Bool { isASCIILetterOrDigit || others.utf8.contains(self) }
}

extension StringProtocol {
    /// Whether it consists of ASCII digits and is not empty. Swift's own `isNumber` also takes those of other scripts.
    package var isASCIIDigits: Bool { !isEmpty && utf8.allSatisfy(\.isASCIIDigit) }

    /// The same with the hexadecimal digits, in either case of letters.
    package var isASCIIHexDigits: Bool {
        !isEmpty && utf8.allSatisfy { $0.isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 | 0x20 }
    }
}
