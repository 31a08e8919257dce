/// Quoting for fish. Source: fish documentation, "The fish language", Quotes.
enum FishShell {
    /// The value in double quotes, as the AWS CLI writes it. `\`, `"` and `$` are all that means something there.
    static func string(_ value: Secret) -> Secret {
        let inner = value.replacingBytes { byte in
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): [UInt8(ascii: "\\"), byte]
            default: nil
            }
        }
        return "\"\(inner)\""
    }
}
