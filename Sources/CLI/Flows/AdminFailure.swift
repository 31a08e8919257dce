import AWS

/// A call of AWS by an administrator that failed.
struct AdminFailure: Error {
    /// `iam:CreateRole`
    let action: String
    /// An ARN.
    let resource: String
    /// Who was not let, or met the failure: an ARN.
    let caller: String
    let cause: AWSError
}
