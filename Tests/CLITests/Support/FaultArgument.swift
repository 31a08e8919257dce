import Emulator

extension Fault {
    /// A fault as scripts name it: a way in which `oidctoken` is known to fail, `status:503`, `delay:200` (milliseconds), or one of
    /// the others by its name.
    init?(argument: String) {
        if let failure = TokenFailure(rawValue: argument) {
            self = failure.fault
            return
        }
        let parts = argument.split(separator: ":", maxSplits: 1)
        switch (parts.first, parts.count > 1 ? Int(parts[1]) : nil) {
        case ("status", let status?): self = .answer(ServerAnswer(status: status))
        case ("reset", nil): self = .reset
        case ("effect-then-reset", nil): self = .effectThenReset
        case ("truncated", nil): self = .truncatedBody
        case ("garbage", nil): self = .garbage
        case ("silence", nil): self = .silence
        case ("delay", let milliseconds?): self = .delay(.milliseconds(milliseconds))
        case ("slow", let milliseconds?): self = .slowBody(.milliseconds(milliseconds))
        case ("expired", nil): self = .answer(Self.error("ExpiredTokenException", "Token expired"))
        case ("throttling", nil): self = .answer(Self.error("Throttling", "Rate exceeded"))
        case ("unreachable-keys", nil):
            self = .answer(
                Self.error("InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider"))
        default: return nil
        }
    }

    /// An error in STS's own form.
    private static func error(_ code: String, _ message: String) -> ServerAnswer {
        ServerAnswer(
            status: 400, type: "text/xml",
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
            <Code>\(code)</Code><Message>\(message)</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """)
    }
}
