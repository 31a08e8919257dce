/// How one value of a condition is compared with one of the request.
enum ConditionComparison: Sendable {
    /// What a number or a date of the request must be, seen from that of the policy.
    enum Order: Sendable {
        case equal, less, lessOrEqual, greater, greaterOrEqual

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .equal: left == right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    case string(ignoresCase: Bool)
    case pattern
    /// Part by part.
    case arn
    case number(Order)
    case date(Order)
    case boolean
    case bytes
    case address

    /// Whether variables are put in before the comparison.
    var takesVariables: Bool {
        switch self {
        case .string, .pattern, .arn, .boolean: true
        case .number, .date, .bytes, .address: false
        }
    }

    /// - Returns: `nil` where one of the two is not of the kind that is compared.
    func matches(_ wanted: ConditionPattern, _ found: String) -> Bool? {
        switch self {
        case .string(ignoresCase: false): wanted.text.unicodeScalars.elementsEqual(found.unicodeScalars)
        case .string(ignoresCase: true):
            wanted.text.lowercased().unicodeScalars.elementsEqual(found.lowercased().unicodeScalars)
        case .pattern: wanted.matches(found)
        case .arn: Self.matchesARN(wanted, found)
        case .number(let order): Self.compare(wanted.text, found, order, Self.number)
        case .date(let order): Self.compare(wanted.text, found, order, ConditionDate.seconds)
        case .boolean: Self.matchesBoolean(wanted.text, found)
        case .bytes: wanted.text == found
        case .address: Self.matchesAddress(wanted.text, found)
        }
    }

    private static func matchesARN(_ wanted: ConditionPattern, _ found: String) -> Bool? {
        let parts = found.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard let patterns = wanted.arnParts, parts.count == 6 else { return nil }
        return zip(patterns, parts).allSatisfy { $0.matches(String($1)) }
    }

    private static func compare(
        _ wanted: String, _ found: String, _ order: Order, _ read: (String) -> Double?
    ) -> Bool? {
        guard let wanted = read(wanted), let found = read(found) else { return nil }
        return order.holds(found, wanted)
    }

    private static func number(_ text: String) -> Double? {
        // Double reads more than numbers: "nan", "0x1p3".
        text.utf8.allSatisfy { $0.isASCIIDigit || "+-.eE".utf8.contains($0) } ? Double(text) : nil
    }

    private static func matchesBoolean(_ wanted: String, _ found: String) -> Bool? {
        let (wanted, found) = (wanted.lowercased(), found.lowercased())
        guard ["true", "false"].contains(wanted), ["true", "false"].contains(found) else { return nil }
        return wanted == found
    }

    /// An address, or a range of them (`10.0.0.0/8`).
    private static func matchesAddress(_ wanted: String, _ found: String) -> Bool? {
        let parts = wanted.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let network = IPAddress(parts[0]), let address = IPAddress(found) else { return nil }
        guard parts.count == 2 else { return address.bytes == network.bytes }
        guard let length = UInt8(parts[1]).map({ Int($0) }), length <= network.bytes.count * 8 else { return nil }
        return address.hasPrefix(of: network, length: length)
    }
}
