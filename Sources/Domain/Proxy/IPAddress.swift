/// An IPv4 or IPv6 address, for comparing with a range of addresses.
struct IPAddress: Sendable {
    /// 4 or 16, in network order.
    let bytes: [UInt8]

    /// `nil` where the text is neither a dotted quad nor an address of RFC 4291 §2.2. An IPv4 address written as an
    /// IPv6 one (`::ffff:10.0.0.1`) is the IPv4 address.
    init?(_ text: some StringProtocol) {
        guard let bytes = text.contains(":") ? Self.parseIPv6(text) : Self.parseIPv4(text) else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        self.bytes = bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
    }

    /// Whether the first `length` bits are those of `network`. Addresses of the other family never are.
    func hasPrefix(of network: IPAddress, length: Int) -> Bool {
        guard bytes.count == network.bytes.count, 0...(bytes.count * 8) ~= length else { return false }
        let (whole, rest) = length.quotientAndRemainder(dividingBy: 8)
        guard bytes[..<whole] == network.bytes[..<whole] else { return false }
        return rest == 0 || bytes[whole] >> (8 - rest) == network.bytes[whole] >> (8 - rest)
    }

    private static func parseIPv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? UInt8($0) : nil }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func parseIPv6(_ text: some StringProtocol) -> [UInt8]? {
        let halves = String(text).split(separator: "::", omittingEmptySubsequences: false)
        guard let head = parseGroups(halves[0]) else { return nil }
        switch halves.count {
        case 1: return head.count == 16 ? head : nil
        case 2:
            guard let tail = parseGroups(halves[1]), head.count + tail.count <= 14 else { return nil }
            return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
        default: return nil
        }
    }

    /// The bytes of `a:b:c`, the last group of which may be a dotted quad.
    private static func parseGroups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            if index == groups.count - 1, let quad = parseIPv4(group) {
                bytes += quad
            } else if group.count <= 4, group.allSatisfy(\.isHexDigit), let number = UInt16(group, radix: 16) {
                bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
            } else {
                return nil
            }
        }
        return bytes
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
