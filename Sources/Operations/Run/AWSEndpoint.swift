import AWS
import Domain

/// Which host to ask: what `AWS_ENDPOINT_URL_<SERVICE>` says, else the service's own, with FIPS and dual stack as
/// configured.
enum AWSEndpoint {
    /// - Parameter region: `nil` for a global service, or to ask STS in the partition's first region.
    /// - Throws: ``ErrorReport`` where the partition has no such endpoint, or the URL is none.
    static func resolve(
        _ service: Service, region: Region? = nil, partition: Partition, _ context: Context
    ) throws(ErrorReport) -> Endpoint {
        var endpoint: Endpoint
        do {
            endpoint = try EndpointRules.endpoint(
                for: service, in: try region ?? Region(partition.globalRegion),
                fips: isTrue("AWS_USE_FIPS_ENDPOINT", context), dualStack: isTrue("AWS_USE_DUALSTACK_ENDPOINT", context)
            )
        } catch {
            throw ErrorReport(
                .usage, "partition \(partition) has no such \(service.title) endpoint",
                hints: ["look at AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT"])
        }
        if let url = try overridingURL(of: service, context) { endpoint.url = url }
        return endpoint
    }

    /// STS for a role, in a region of the role's partition.
    ///
    /// - Throws: ``ErrorReport`` also where the region and the role do not go together.
    static func sts(region: Region?, role: RoleARN, _ context: Context) throws(ErrorReport) -> Endpoint {
        if let region, region.partition != role.partition {
            throw ErrorReport(
                .usage,
                "the role is in partition \(role.partition), the region \(region) in \(region.partition)",
                hints: ["choose a region of the role's partition, such as --region \(role.partition.globalRegion)"])
        }
        return try resolve(.sts, region: region, partition: role.partition, context)
    }

    /// The region that an option names, else the environment, else the profile of the one who asks.
    ///
    /// - Throws: ``ErrorReport`` naming the source whose region is none.
    static func region(
        _ option: String?, _ context: Context, profile: Profile? = nil
    ) throws(ErrorReport) -> Region? {
        let sources = [
            ("--region", option), ("AWS_REGION", context.variable("AWS_REGION")),
            ("AWS_DEFAULT_REGION", context.variable("AWS_DEFAULT_REGION")),
            ("region of profile \(profile?.name ?? "")", profile?.text("region")),
        ]
        for case (let source, let text?) in sources {
            guard let region = try? Region(text), region.isKnown else {
                throw ErrorReport(
                    .usage, "\(source) is not an AWS region: \(ForeignText.clean(text, limit: 60))",
                    hints: ["a region looks like eu-west-1 or us-gov-west-1"])
            }
            return region
        }
        return nil
    }

    /// An ARN names its region; a name is looked for in that of the command.
    ///
    /// - Throws: ``ErrorReport`` when neither names one.
    static func region(of name: String, else region: Region?) throws(ErrorReport) -> Region {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 5, parts[0] == "arn", let named = try? Region(String(parts[3])) { return named }
        guard let region else {
            throw ErrorReport(
                .missingConfiguration, "nobody said in which region \(ForeignText.clean(name, limit: 200)) is",
                hints: ["--region eu-central-1, or AWS_REGION, or the region of the profile"])
        }
        return region
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
