extension Secret {
    /// Whether every shell and parser here reads the bytes as they are, without quotes: letters, digits and `+/_.:-`,
    /// then any number of `=`. That is base64, key ids, regions and times; elsewhere `=` can begin an expansion (zsh).
    var isPlainWord: Bool {
        withExposedBytes { bytes in
            guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "=") }) else { return false }
            return bytes[...last].allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "_"),
                    UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        }
    }

    /// Whether the bytes are well-formed UTF-8.
    var isUTF8: Bool { withExposedBytes { String(validating: $0, as: UTF8.self) != nil } }

    /// With every byte for which `replacement` gives something replaced by that.
    func replacingBytes(_ replacement: (UInt8) -> [UInt8]?) -> Secret {
        withExposedBytes { bytes in
            var replaced: [UInt8] = []
            // Room for the worst there is, `\u0000`, so that growing leaves no unwiped copy behind.
            replaced.reserveCapacity(bytes.count * 6)
            for byte in bytes {
                if let other = replacement(byte) { replaced += other } else { replaced.append(byte) }
            }
            return Secret(bytes: replaced)
        }
    }
}
