extension STSService {
    private static let known: Set = [
        "RoleArn", "RoleSessionName", "PolicyArns.", "Policy", "DurationSeconds", "ExternalId", "SourceIdentity",
        "Tags.",
        "TransitiveTagKeys.",
    ]

    func assumeRole(_ form: [(name: String, value: String)], caller: Caller) throws(STSError) -> ServerAnswer {
        var parameters = try STSParameters(form, known: Self.known)
        let roleARN = parameters.required("RoleArn", .roleARN)
        let sessionName = parameters.required("RoleSessionName", .sessionName)
        let externalID = parameters.optional("ExternalId", .externalID)
        let sourceIdentity = parameters.optional("SourceIdentity", .sourceIdentity)
        let seconds = parameters.duration()
        let policies = SessionPolicies(&parameters)
        try parameters.throwViolations()
        let account = try AWSWorld.account(ofRole: roleARN)
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

        let role = world.value.role(arn: roleARN)
        for action in actions {
            guard let role, allows(action, on: role, in: account, by: caller, context: context) else {
                throw .accessDenied(
                    "User: \(caller.arn) is not authorized to perform: \(action) on resource: \(roleARN)")
            }
        }
        guard let role, seconds <= role.maxSessionDuration else { throw Self.tooLong }
        let issued = issue(role, sessionName: sessionName, seconds: seconds)
        let source = sourceIdentity.map { [XMLElement("SourceIdentity", $0)] } ?? []
        return STSAnswer.result(of: "AssumeRole", [issued.user, issued.credentials] + packedSize + source)
    }

    /// The role must trust the caller. That is enough where it names the caller itself in the same account; otherwise
    /// the caller's own policies must allow it as well.
    private func allows(
        _ action: String, on role: AWSWorld.Role, in account: String, by caller: Caller, context: [String: [String]]
    ) -> Bool {
        let itself = [caller.arn, caller.principalARN]
        let root = [caller.account, "arn:\(world.value.partition):iam::\(caller.account):root"]
        guard role.allows(action, by: .aws(itself + root), in: context) else { return false }
        if account == caller.account, role.allows(action, by: .aws(itself), in: context) { return true }
        let arn = world.value.arn(of: role)
        return caller.mayAssume.contains { Wildcard.matches(arn, pattern: $0) }
    }
}
