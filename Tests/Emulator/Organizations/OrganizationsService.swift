import Domain

/// AWS Organizations, version 2016-11-28: `ListAccounts` and `DescribeOrganization`.
struct OrganizationsService: Sendable {
    let state: AWSState

    /// - Returns: the answer's body.
    /// - Throws: the refusal.
    func perform(_ call: inout JSONCall) throws(ServiceError) -> any Encodable {
        try call.authorize("*")
        let (organization, partition) = state.world.read { ($0.organization, $0.partition) }
        guard let organization, organization.members.contains(call.caller.account) else {
            throw ServiceError(
                code: "AWSOrganizationsNotInUseException", message: "Your account is not a member of an organization.")
        }
        guard call.operation == "ListAccounts" else {
            return ["Organization": OrganizationDescription(organization, partition: partition)]
        }
        guard call.caller.account == organization.managementAccount else {
            throw .accessDenied("You don't have permissions to access this resource.")
        }
        return try list(&call, of: organization, in: partition)
    }

    /// One page of the accounts. The token is the number of the first account of the next one.
    private func list(
        _ call: inout JSONCall, of organization: AWSWorld.Organization, in partition: String
    ) throws(ServiceError) -> AccountPage {
        let size = try call.parameters.integer("MaxResults", Int.min...Int.max) ?? organization.pageSize
        guard 1...20 ~= size else {
            throw Self.invalidInput("You specified a value for MaxResults that is not between 1 and 20.")
        }
        var first = 0
        if let token = try call.parameters.optional("NextToken", .anything) {
            let bytes = Base64URL.decode(Substring(token)) ?? []
            guard let number = Int(String(decoding: bytes, as: UTF8.self)),
                organization.members.indices.contains(number)
            else { throw Self.invalidInput("You provided an invalid NextToken.") }
            first = number
        }
        let end = min(first + min(size, organization.pageSize), organization.members.count)
        let members = state.world.read { world in
            organization.members[first..<end].map { id in
                AccountDescription(id, world.accounts[id] ?? .init(), organization, partition: partition)
            }
        }
        let next = end < organization.members.count ? Base64URL.encode(Array(String(end).utf8)) : nil
        return AccountPage(Accounts: members, NextToken: next)
    }

    private static func invalidInput(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidInputException", message: message)
    }
}
