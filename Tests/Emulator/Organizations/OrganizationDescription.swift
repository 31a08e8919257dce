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
