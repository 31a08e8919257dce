package import FoundationEssentials

/// What a token says (RFC 7519 §4.1, and what Azure DevOps adds for a pipeline).
package struct Claims: Sendable {
    /// `iss`
    package let issuer: String
    /// `sub`
    package let subject: String
    /// `aud`, a text or a list
    package let audiences: [String]
    /// `exp`
    package let expiration: Date
    /// `nbf`
    package let notBefore: Date?
    /// `iat`
    package let issuedAt: Date?
    /// Every claim by its name.
    package let all: [String: JSONValue]
    /// The claims object as the issuer wrote it, fit to be printed: see ``ForeignText/cleanJSON(_:)``.
    package var json: String { ForeignText.cleanJSON(String(decoding: bytes, as: UTF8.self)) }
    private let bytes: [UInt8]

    init(_ members: [String: JSONValue], json: [UInt8]) throws(JSONWebToken.ParseError) {
        issuer = try Self.text("iss", in: members)
        subject = try Self.text("sub", in: members)
        audiences = try Self.audiences(members)
        guard let expiration = try Self.time("exp", in: members) else { throw .missingClaim("exp") }
        self.expiration = expiration
        notBefore = try Self.time("nbf", in: members)
        issuedAt = try Self.time("iat", in: members)
        all = members
        bytes = json
    }

    /// `rpo_ref`: the branch or tag that a pipeline's own token was issued for.
    package var branch: String? {
        if case .text(let ref)? = all["rpo_ref"] { ref } else { nil }
    }

    /// `def_id`: the definition id of the pipeline, a text or a number.
    package var pipelineID: String? {
        switch all["def_id"] {
        case .text(let id)?: id
        case .integer(let id)?: String(id)
        default: nil
        }
    }

    /// The claims in the order people look for them: the registered ones, Azure's own, then the rest by name.
    package var ordered: [(name: String, value: JSONValue)] {
        let first = [
            "iss", "sub", "aud", "iat", "nbf", "exp", "org_id", "prj_id", "def_id", "run_id", "rpo_id", "rpo_uri",
            "rpo_ref", "rpo_ver",
        ]
        let rest = all.keys.filter { !first.contains($0) }.sorted()
        return (first + rest).compactMap { name in all[name].map { (name, $0) } }
    }

    private static func text(
        _ name: String, in members: [String: JSONValue]
    ) throws(JSONWebToken.ParseError) -> String {
        guard let value = members[name] else { throw .missingClaim(name) }
        guard case .text(let text) = value, !text.isEmpty else { throw .claimType(name) }
        return text
    }

    private static func audiences(_ members: [String: JSONValue]) throws(JSONWebToken.ParseError) -> [String] {
        switch members["aud"] {
        case nil: throw .missingClaim("aud")
        case .text(let text)?: return [text]
        case .list(let values)?:
            let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
            guard !texts.isEmpty, texts.count == values.count else { throw .claimType("aud") }
            return texts
        default: throw .claimType("aud")
        }
    }

    /// STS takes whole seconds only.
    private static func time(
        _ name: String, in members: [String: JSONValue]
    ) throws(JSONWebToken.ParseError) -> Date? {
        guard let value = members[name] else { return nil }
        guard case .integer(let seconds) = value, (0...253_402_300_799).contains(seconds) else {
            throw .claimType(name)
        }
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }
}

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
