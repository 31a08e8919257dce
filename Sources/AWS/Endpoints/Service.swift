/// The AWS services that are called. The raw value is the name signed for, and the first label of the host.
package enum Service: String, Sendable, CaseIterable {
    case sts
    case iam
    case secretsManager = "secretsmanager"
    case ssm
    case stepFunctions = "states"
    case lambda
    case kms
    case scheduler
    case organizations
}
