import Foundation

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
