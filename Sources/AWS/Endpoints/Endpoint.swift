package import Domain

/// Where a service is reached, and what its requests are signed for.
package struct Endpoint: Sendable, Hashable {
    /// To be replaced where the user names another one (`AWS_ENDPOINT_URL_STS`); what is signed for stays.
    package var url: HTTPURL
    /// The region of the credential scope, which for a global service is not the one asked for.
    package let signingRegion: String
    /// The service of the credential scope.
    package let signingName: String

    /// Takes the parts as they are.
    package init(url: HTTPURL, signingRegion: String, signingName: String) {
        (self.url, self.signingRegion, self.signingName) = (url, signingRegion, signingName)
    }
}

/// Why there is no endpoint.
package enum EndpointError: Error, Sendable, Equatable {
    /// No host can be made of the region's name.
    case malformedRegion(Region)
    /// The partition has no dual-stack endpoint for the service.
    case noDualStack(service: Service, partition: Partition, fips: Bool)
}

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
