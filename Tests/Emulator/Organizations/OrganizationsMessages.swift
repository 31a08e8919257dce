import Foundation

/// What `DescribeOrganization` says.
struct OrganizationDescription: Encodable {
    let Id, Arn, FeatureSet, MasterAccountArn, MasterAccountId, MasterAccountEmail: String
    let AvailablePolicyTypes: [[String: String]] = [["Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"]]

    init(_ organization: AWSWorld.Organization, partition: String) {
        let prefix = "arn:\(partition):organizations::\(organization.managementAccount)"
        Id = organization.id
        Arn = "\(prefix):organization/\(organization.id)"
        FeatureSet = "ALL"
        MasterAccountArn = "\(prefix):account/\(organization.id)/\(organization.managementAccount)"
        MasterAccountId = organization.managementAccount
        MasterAccountEmail = "aws+\(organization.managementAccount)@contoso.example"
    }
}

/// What `ListAccounts` says.
struct AccountPage: Encodable {
    let Accounts: [AccountDescription]
    let NextToken: String?
}

/// An account as Organizations describes it.
struct AccountDescription: Encodable {
    let Id, Arn, Email, Name, Status, State, JoinedMethod: String
    /// In seconds since 1970.
    let JoinedTimestamp: Double

    init(_ id: String, _ account: AWSWorld.Account, _ organization: AWSWorld.Organization, partition: String) {
        Id = id
        Arn = "arn:\(partition):organizations::\(organization.managementAccount):account/\(organization.id)/\(id)"
        Email = "aws+\(id)@contoso.example"
        Name = account.name
        State = account.state.rawValue
        // The older of the two fields knows fewer states.
        switch account.state {
        case .active, .suspended, .pendingClosure: Status = account.state.rawValue
        case .pendingActivation, .closed: Status = "SUSPENDED"
        }
        JoinedMethod = id == organization.managementAccount ? "INVITED" : "CREATED"
        JoinedTimestamp = AWSWorld.beginning.timeIntervalSince1970
    }
}
