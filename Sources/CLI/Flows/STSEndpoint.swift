import AWS
import Domain

/// Which STS to ask: what AWS_ENDPOINT_URL_STS says, else the region's own, with FIPS and dual stack as configured.
enum STSEndpoint {
    /// - Throws: ``ErrorReport`` where the region and the role do not go together, or the URL is none.
    static func resolve(region: Region?, role: RoleARN, _ context: Context) throws(ErrorReport) -> Endpoint {
        // The ARN was checked against the same partitions.
        let partition = Partition(rawValue: role.partition) ?? .aws
        if let region, region.partition != partition {
            throw ErrorReport(
                .usage,
                "the role is in partition \(role.partition), the region \(region) in \(region.partition.rawValue)",
                hints: ["choose a region of the role's partition, such as --region \(partition.globalRegion)"])
        }
        var endpoint: Endpoint
        do throws(EndpointError) {
            let home = try Region(partition.globalRegion)
            endpoint = try EndpointRules.endpoint(
                for: .sts, in: region ?? home,
                fips: isTrue("AWS_USE_FIPS_ENDPOINT", context), dualStack: isTrue("AWS_USE_DUALSTACK_ENDPOINT", context)
            )
        } catch {
            throw ErrorReport(
                .usage, "partition \(partition.rawValue) has no such STS endpoint",
                hints: ["look at AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT"])
        }
        if let url = try overridingURL(context) { endpoint.url = url }
        return endpoint
    }

    private static func overridingURL(_ context: Context) throws(ErrorReport) -> HTTPURL? {
        for variable in ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"] {
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
