/// Whom a token speaks for, read from its `sub`.
package enum Subject: Sendable, Equatable {
    /// `p://organization/project/pipeline`: a pipeline's own token.
    case pipeline(String)
    /// `sc://organization/project/connection`, or Entra's `/eid1/…`: a service connection's.
    case serviceConnection(String)
    /// Neither form.
    case other(String)

    package init(_ text: String) {
        if text.hasPrefix("p://") {
            self = .pipeline(text)
        } else if text.hasPrefix("sc://") || text.hasPrefix("/eid1/") {
            self = .serviceConnection(text)
        } else {
            self = .other(text)
        }
    }
}
