/// One call of a service of the JSON protocol.
struct JSONCall {
    let service: String
    let operation: String
    let caller: Caller
    /// The region the signature is scoped to: that of the service's endpoint.
    let region: String
    let partition: String
    var parameters: JSONParameters

    /// Comes after all parameters are read: what is wrong with them is told first.
    ///
    /// - Throws: where a parameter was wrong, or the caller may not do this.
    func authorize(_ resource: String) throws(ServiceError) {
        try parameters.throwViolations()
        try authorize("\(service):\(operation)", on: resource)
    }

    /// - Throws: where the caller may not do an action, `kms:Decrypt`.
    func authorize(_ action: String, on resource: String) throws(ServiceError) {
        guard caller.may(action) else { throw .notAuthorized(caller, action, on: resource) }
    }
}
