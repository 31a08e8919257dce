extension STSService {
    private static let known: Set = [
        "RoleArn", "RoleSessionName", "PolicyArns.", "Policy", "DurationSeconds", "ExternalId", "SourceIdentity",
        "Tags.",
        "TransitiveTagKeys.",
    ]

    func assumeRole(_ form: [(name: String, value: String)], caller: Caller) throws(ServiceError) -> [XMLElement] {
        var parameters = try QueryParameters(form, known: Self.known)
        let roleARN = parameters.required("RoleArn", .roleARN)
        let sessionName = parameters.required("RoleSessionName", .sessionName)
        let externalID = parameters.optional("ExternalId", .externalID)
        let sourceIdentity = parameters.optional("SourceIdentity", .sourceIdentity)
        let seconds = parameters.integer("DurationSeconds", 900...43200) ?? 3600
        let policies = SessionPolicies(&parameters)
        try parameters.throwViolations()
        _ = try AWSWorld.account(ofRole: roleARN)
        guard !caller.isSession || seconds <= 3600 else {
            throw .validation(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
        }
        let packedSize = try policies.check()

        var context = [
            "aws:PrincipalArn": [caller.principalARN], "aws:PrincipalAccount": [caller.account],
            "sts:RoleSessionName": [sessionName], "sts:DurationSeconds": [String(seconds)],
        ]
        if let externalID { context["sts:ExternalId"] = [externalID] }
        if let sourceIdentity { context["sts:SourceIdentity"] = [sourceIdentity] }
        var actions = ["sts:AssumeRole"]
        if !parameters.list("Tags", suffix: ".Key").isEmpty { actions.append("sts:TagSession") }
        if sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }

        let role = assumableRole(roleARN)
        for action in actions {
            guard let role, allows(action, on: role, by: caller, context: context) else {
                throw .accessDenied(
                    "User: \(caller.arn) is not authorized to perform: \(action) on resource: \(roleARN)")
            }
        }
        guard let role, seconds <= role.maxSessionDuration else { throw Self.tooLong }
        let issued = issue(role, sessionName: sessionName, seconds: seconds)
        let source = sourceIdentity.map { [XMLElement("SourceIdentity", $0)] } ?? []
        return [issued.user, issued.credentials] + packedSize + source
    }

    /// The role must trust the caller. That is enough where it names the caller itself in the same account; otherwise
    /// (where it names the account, or the caller is of another one) the caller's own policies must allow it as well.
    private func allows(
        _ action: String, on role: AWSWorld.Role, by caller: Caller, context: [String: [String]]
    ) -> Bool {
        let partition = partition
        let itself = [caller.arn, caller.principalARN]
        let root = [caller.account, "arn:\(partition):iam::\(caller.account):root"]
        guard role.allows(action, by: .aws(itself + root), in: context) else { return false }
        if role.account == caller.account, role.allows(action, by: .aws(itself), in: context) { return true }
        return caller.may(action, on: arn(of: role))
    }
}
