import TestSupport

/// A config or credentials file put together at random from what the SDKs' common rules and botocore both take.
struct RandomProfileFile {
    let text: String

    init(seed: Int, isConfig: Bool) {
        var generator = SeededGenerator(seed: seed)
        func pick<Element>(_ elements: [Element]) -> Element {
            elements[Int.random(in: 0..<elements.count, using: &generator)]
        }
        func rarely(_ odds: Int = 6) -> Bool { Int.random(in: 0..<odds, using: &generator) == 0 }

        let indentation = rarely() ? "  " : ""
        var headers = ["a", "b-1", "team/ci", "x.y@z", "P%q", "u+v", "w:1"].map { isConfig ? "profile \($0)" : $0 }
        headers.append("default")
        if isConfig { headers += ["sso-session corp", "sso-session two", "preview", "profile 'with space'"] }
        let keys = [
            "region", "output", "role_arn", "x_note", "aws_access_key_id", "Aws_Secret_Access_Key", "sso_session",
        ]
        var lines: [String] = []
        func addNoise() {
            if rarely(3) { lines.append(pick(["", "\t ", "# note", "; [a]", "    # x = y"])) }
        }
        addNoise()
        // Python refuses a section and a key that come twice.
        for header in headers.shuffled(using: &generator).prefix(Int.random(in: 0...7, using: &generator)) {
            lines.append("\(indentation)[\(header)]")
            for key in keys.shuffled(using: &generator).prefix(Int.random(in: 0...5, using: &generator)) {
                addNoise()
                let value = pick(["eu-west-1", "a=b", "with space", "x#y", "z;", "é", "%(here)s", "$HOME", ""])
                lines.append(indentation + key + pick([" = ", "=", "= ", "\t=\t"]) + value + pick(["", " "]))
                if value.isEmpty {
                    lines += [indentation + "  nested = 1", indentation + "  other=2 # 3"]
                } else if rarely() {
                    lines.append(indentation + "\tcontinued \(value)")
                }
            }
        }
        text = lines.joined(separator: rarely() ? "\r\n" : "\n") + (rarely(3) ? "" : "\n")
    }
}
