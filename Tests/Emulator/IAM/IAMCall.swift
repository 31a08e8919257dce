/// One call of IAM.
struct IAMCall {
    let action: String
    let caller: Caller
    let partition: String
    var parameters: QueryParameters

    /// Comes after all parameters are read: what is wrong with them is told first.
    ///
    /// - Throws: where a parameter was wrong, or the caller may not do this.
    func authorize(_ resource: String) throws(ServiceError) {
        try parameters.throwViolations()
        guard caller.may("iam:\(action)") else { throw .notAuthorized(caller, "iam:\(action)", on: resource) }
    }

    /// `arn:aws:iam::ACCOUNT:` and what follows.
    func arn(_ resource: String) -> String { "arn:\(partition):iam::\(caller.account):\(resource)" }
}
