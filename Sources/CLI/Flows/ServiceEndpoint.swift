import AWS
import Domain

/// Which host to ask: what `AWS_ENDPOINT_URL_<SERVICE>` says, else the service's own, with FIPS and dual stack as
/// configured.
enum ServiceEndpoint {
    /// - Parameter region: `nil` for a global service, or to ask STS in the partition's first region.
    /// - Throws: ``ErrorReport`` where the partition has no such endpoint, or the URL is none.
    static func resolve(
        _ service: Service, region: Region? = nil, partition: Partition, _ context: Context
    ) throws(ErrorReport) -> Endpoint {
        var endpoint: Endpoint
        do throws(EndpointError) {
            let home = try Region(partition.globalRegion)
            endpoint = try EndpointRules.endpoint(
                for: service, in: region ?? home,
                fips: isTrue("AWS_USE_FIPS_ENDPOINT", context), dualStack: isTrue("AWS_USE_DUALSTACK_ENDPOINT", context)
            )
        } catch {
            throw ErrorReport(
                .usage, "partition \(partition.rawValue) has no such \(service.title) endpoint",
                hints: ["look at AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT"])
        }
        if let url = try overridingURL(of: service, context) { endpoint.url = url }
        return endpoint
    }

    /// STS for a role, in a region of the role's partition.
    ///
    /// - Throws: ``ErrorReport`` also where the region and the role do not go together.
    static func sts(region: Region?, role: RoleARN, _ context: Context) throws(ErrorReport) -> Endpoint {
        // The ARN was checked against the same partitions.
        let partition = Partition(rawValue: role.partition) ?? .aws
        if let region, region.partition != partition {
            throw ErrorReport(
                .usage,
                "the role is in partition \(role.partition), the region \(region) in \(region.partition.rawValue)",
                hints: ["choose a region of the role's partition, such as --region \(partition.globalRegion)"])
        }
        return try resolve(.sts, region: region, partition: partition, context)
    }

    private static func overridingURL(of service: Service, _ context: Context) throws(ErrorReport) -> HTTPURL? {
        for variable in ["AWS_ENDPOINT_URL_\(service.variableName)", "AWS_ENDPOINT_URL"] {
            guard let text = context.variable(variable) else { continue }
            do throws(HTTPURL.ParseError) {
                return try HTTPURL(text)
            } catch {
                throw ErrorReport(.usage, "\(variable) is not a URL: \(error.reason)")
            }
        }
        return nil
    }

    private static func isTrue(_ variable: String, _ context: Context) -> Bool {
        context.variable(variable)?.lowercased() == "true"
    }
}

extension Service {
    /// As the AWS CLI's variables have it.
    fileprivate var variableName: String { self == .secretsManager ? "SECRETS_MANAGER" : rawValue.uppercased() }

    /// For a person.
    fileprivate var title: String { self == .secretsManager ? "Secrets Manager" : rawValue.uppercased() }
}
