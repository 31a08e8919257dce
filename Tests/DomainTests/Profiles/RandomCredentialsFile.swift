import TestSupport

/// A credentials file put together at random from all that such files hold, good and bad.
struct RandomCredentialsFile {
    let text: String

    init(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        func pick<Element>(_ elements: [Element]) -> Element {
            elements[Int.random(in: 0..<elements.count, using: &generator)]
        }
        // Most files are tidy; what only some have is rare, or no case would get by botocore.
        func rarely(_ odds: Int = 8) -> Bool { Int.random(in: 0..<odds, using: &generator) == 0 }

        let lineEnd = rarely() ? "\r\n" : "\n"
        let isIndented = rarely()
        let keys = [
            "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token", "region", "output",
            "x_note", "aws_account_id",
        ]
        var lines: [String] = []
        func addNoise() {
            if rarely(4) { lines.append(pick(["", "  ", "# note", "; [ci]", "  # aws_session_token = x", "#[b]"])) }
        }
        for name in ["default", "ci", "b", "ci2"].shuffled(using: &generator).prefix(
            Int.random(in: 0...4, using: &generator))
        {
            addNoise()
            for header in 0..<(rarely(12) ? 2 : 1) {
                lines.append(
                    (rarely(40) ? "  " : "") + (rarely(12) ? "[ \(name) ]" : "[\(name)]")
                        + (rarely() ? " # \(header)" : ""))
                for key in keys.shuffled(using: &generator).prefix(Int.random(in: 0...6, using: &generator)) {
                    addNoise()
                    let indentation = isIndented ? "  " : ""
                    let spelling = rarely() ? key.uppercased() : key
                    let delimiter = pick([" = ", "=", " =", "= "]) + (rarely(30) ? ": " : "")
                    lines.append(
                        indentation + spelling + delimiter + "old\(Int.random(in: 0...99, using: &generator))=")
                    if rarely() { lines.append(indentation + pick(["\t", "  "]) + "more = \(name)") }
                    if rarely(40) { lines.append(indentation + key + " = twice") }
                }
                if rarely(6) { lines += ["s3 =", "  aws_access_key_id = nested", "", "    deeper = 1"] }
            }
        }
        addNoise()
        text = (rarely(20) ? "\u{FEFF}" : "") + lines.joined(separator: lineEnd) + (rarely(3) ? "" : lineEnd)
    }
}
