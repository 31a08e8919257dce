extension TrustEvaluation {
    /// Why, for a person to act on: one line for each statement that matters, cleaned (``ForeignText``).
    ///
    /// Where it is denied by default, every statement that allows is told with the first thing about it that fails;
    /// where a statement denies, that one alone.
    package var reasons: [String] {
        let denying = statements.filter { $0.isDeny && $0.verdict == .holds }
        guard denying.isEmpty else { return denying.map { "\(name($0)) denies it: \(met($0))" } }
        let allowing = statements.filter { !$0.isDeny }
        switch outcome {
        case .allowed: return allowing.filter { $0.verdict == .holds }.map { "\(name($0)) allows it" }
        case .denied:
            guard !allowing.isEmpty else { return ["no statement of the policy allows anything"] }
            return allowing.map { "\(name($0)) does not allow it: \(failure($0))" }
        case .undetermined:
            // Where an allowing one holds for certain, only the doubtful denials are in question.
            let isAllowed = allowing.contains { $0.verdict == .holds }
            return statements.filter { $0.verdict == .unknown && ($0.isDeny || !isAllowed) }.map { statement in
                "\(name(statement)) would \(statement.isDeny ? "deny" : "allow") it if \(doubts(statement))"
            }
        }
    }

    private func name(_ statement: TrustStatementResult) -> String {
        statement.sid.map { "statement \"\(clean($0))\"" } ?? "statement \(statement.number)"
    }

    private func met(_ statement: TrustStatementResult) -> String {
        let conditions = statement.conditions.map { "\(clean($0.operatorName)) on \(clean($0.key))" }
        return conditions.isEmpty
            ? "it has no conditions" : "all it asks for is so (\(conditions.joined(separator: ", ")))"
    }

    private func doubts(_ statement: TrustStatementResult) -> String {
        var doubts = statement.conditions.filter { $0.verdict == .unknown }.map { condition in
            let wish = "\(clean(condition.key)) meets \(clean(condition.operatorName)) \(list(condition.wanted))"
            switch condition.doubt {
            case .unknownOperator?: return "\(wish), an operator that is not known here"
            case .undocumented?: return "\(wish), which AWS does not document for \(found(condition))"
            case .value?, nil: return "\(wish), which only the call itself shows"
            }
        }
        if statement.principal == .unknown {
            doubts.append("a lone * under Federated means every provider, which AWS does not document")
        }
        if let flaw = statement.flaw { doubts.append("IAM took its \(clean(flaw)), which it does not") }
        return doubts.joined(separator: ", and if ")
    }

    /// The first thing that fails, in the order in which a person would mend it.
    private func failure(_ statement: TrustStatementResult) -> String {
        if statement.principal == .fails {
            let named =
                statement.principals.isEmpty ? "nobody" : statement.principals.map(clean).joined(separator: ", ")
            return "it is for \(named), and the token's provider is \(clean(provider))"
        }
        if !statement.isAboutAction {
            let all = statement.excludesActions ? "all actions but " : ""
            return "it is about \(all)\(list(statement.actions)), and not about sts:AssumeRoleWithWebIdentity"
        }
        return statement.conditions.filter { $0.verdict == .fails }.map(failure).joined(separator: "; ")
    }

    private func failure(_ condition: TrustCondition) -> String {
        let wish = "\(clean(condition.operatorName)) wants \(clean(condition.key)) to be \(list(condition.wanted))"
        guard !condition.operatorName.lowercased().hasSuffix("null") else {
            return "\(wish), and it \(condition.found == nil ? "has no value" : "has one: \(found(condition))")"
        }
        guard condition.found != nil else { return "\(wish), and \(missing(condition))" }
        return "\(wish), and it is \(found(condition))" + (slip(condition).map { ": \($0)" } ?? "")
    }

    /// What is wrong with a key that the request does not have.
    private func missing(_ condition: TrustCondition) -> String {
        let key = condition.key.lowercased()
        let own = "the keys for this token are \(clean(issuerPath)):aud and \(clean(issuerPath)):sub"
        if key.hasPrefix("https://") { return "a key has no https://; \(own)" }
        guard key.hasPrefix(issuerPath.lowercased()) else { return "the token has no such key; \(own)" }
        return "of this token AWS has no such key, whatever claims are in it; \(own)"
    }

    /// What a person may have overlooked between what is wanted and what is there.
    private func slip(_ condition: TrustCondition) -> String? {
        guard let name = ConditionOperator(condition.operatorName), !name.isNegated, let found = condition.found?.texts
        else { return nil }
        func any(_ matches: (String, String) -> Bool) -> Bool {
            condition.wanted.contains { wanted in found.contains { matches(wanted, $0) } }
        }
        if case .string? = name.comparison, any({ ConditionPattern($0).matches($1) }) {
            return "\(clean(condition.operatorName)) takes * and ? as they are, StringLike would not"
        }
        if any({ $0.lowercased() == $1.lowercased() }) { return "they differ in upper and lower case alone" }
        if any({ ConditionPattern($0.lowercased()).matches($1.lowercased()) }) {
            return "they differ in upper and lower case"
        }
        if any({ bare($0) == bare($1) }) { return "they differ in white space alone" }
        return nil
    }

    private func bare(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    private func found(_ condition: TrustCondition) -> String { list(condition.found?.texts ?? [], joiner: " and ") }

    private func list(_ texts: [String], joiner: String = " or ") -> String {
        texts.isEmpty ? "nothing" : texts.map { "\"\(clean($0))\"" }.joined(separator: joiner)
    }

    private func clean(_ text: String) -> String { ForeignText.clean(text, limit: 300) }
}
