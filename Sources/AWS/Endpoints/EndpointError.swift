/// Why there is no endpoint.
package enum EndpointError: Error, Sendable, Equatable {
    /// The text cannot be a region's name: only lower-case letters, digits and single hyphens can.
    case malformedRegion(String)
    /// The partition has no dual-stack endpoint for the service.
    case noDualStack(service: Service, partition: Partition, fips: Bool)
}
