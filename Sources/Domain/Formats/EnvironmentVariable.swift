import FoundationEssentials

/// A variable for a process's environment.
package struct EnvironmentVariable: Sendable {
    package let name: String
    package let value: Secret
    /// Whether logs must not show the value. An expiration and a region may be seen.
    package let isSecret: Bool

    package init(name: String, value: Secret, isSecret: Bool) {
        (self.name, self.value, self.isSecret) = (name, value, isSecret)
    }

    /// A region under both its names, where one is known: older SDKs read only one of the two.
    package static func region(_ name: String?) -> [EnvironmentVariable] {
        guard let name else { return [] }
        return ["AWS_REGION", "AWS_DEFAULT_REGION"].map {
            EnvironmentVariable(name: $0, value: Secret(name), isSecret: false)
        }
    }
}

extension SessionCredentials {
    /// The variables AWS's tools read these credentials from, in the order `aws configure export-credentials` prints
    /// them, then the region.
    package func environmentVariables(region: String?) -> [EnvironmentVariable] {
        var variables = [
            EnvironmentVariable(name: "AWS_ACCESS_KEY_ID", value: accessKeyID, isSecret: true),
            EnvironmentVariable(name: "AWS_SECRET_ACCESS_KEY", value: secretAccessKey, isSecret: true),
        ]
        if let sessionToken {
            variables.append(EnvironmentVariable(name: "AWS_SESSION_TOKEN", value: sessionToken, isSecret: true))
        }
        if let expirationText {
            variables.append(
                EnvironmentVariable(
                    name: "AWS_CREDENTIAL_EXPIRATION", value: Secret(expirationText), isSecret: false))
        }
        return variables + EnvironmentVariable.region(region)
    }

    /// When the credentials end, in the form the AWS CLI prints: `2021-08-17T20:55:04+00:00`, whole seconds.
    var expirationText: String? {
        expiration.map { Timestamp($0).localText + "+00:00" }
    }
}
