/// The textual form of a GUID (RFC 9562 §4): 8-4-4-4-12 hexadecimal digits.
package enum GUID {
    /// Whether the text is one, in either case of letters and without braces.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }
}
