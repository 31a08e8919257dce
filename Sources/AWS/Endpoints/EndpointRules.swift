package import Domain

/// Which host answers for a service in a region.
///
/// Nearly every host is `service[-fips].region.suffix`; what deviates is spelled out below, one function for each part
/// of the name. Source: the endpoint rule sets of the AWS SDKs. That a name comes out does not prove that the host
/// exists: a partition may have no FIPS endpoint for a service.
package enum EndpointRules {
    /// - Parameters:
    ///   - fips: whether only FIPS 140 validated endpoints will do (`AWS_USE_FIPS_ENDPOINT`).
    ///   - dualStack: whether the host must answer on IPv6 too (`AWS_USE_DUALSTACK_ENDPOINT`).
    ///   - legacySTS: whether STS of the oldest regions is the global one (`AWS_STS_REGIONAL_ENDPOINTS=legacy`).
    /// - Throws: ``EndpointError`` where the partition has no such endpoint.
    package static func endpoint(
        for service: Service, in region: Region, fips: Bool = false, dualStack: Bool = false, legacySTS: Bool = false
    ) throws(EndpointError) -> Endpoint {
        let query = Query(service: service, region: region, fips: fips, dualStack: dualStack, legacySTS: legacySTS)
        guard !dualStack || query.hasDualStack else {
            throw .noDualStack(service: service, partition: query.partition, fips: fips)
        }
        let labels = [query.serviceLabel, query.regionLabel, query.suffix].compactMap { $0 }
        // The parts are constants and a checked region, so this is a URL.
        guard let url = try? HTTPURL("https://" + labels.joined(separator: ".")) else {
            throw .malformedRegion(region)
        }
        return Endpoint(url: url, signingRegion: query.signingRegion, signingName: service.rawValue)
    }
}

/// What an endpoint is asked for, and each part of the answer.
private struct Query {
    let service: Service
    let region: Region
    let fips: Bool
    let dualStack: Bool
    let legacySTS: Bool

    var partition: Partition { region.partition }

    /// The two newest isolated partitions have dual-stack hosts for Lambda only, and none under FIPS.
    var hasDualStack: Bool {
        switch partition {
        case .isoE, .isoF: service == .lambda && !fips
        default: true
        }
    }

    var serviceLabel: String { service.rawValue + (isMarkedFIPS ? "-fips" : "") }

    /// GovCloud's hosts are FIPS hosts anyway, so some of its services have no second name for that.
    private var isMarkedFIPS: Bool {
        guard partition == .usGov else { return fips }
        switch service {
        case .iam, .organizations: return false
        case .sts, .ssm: return fips && dualStack
        case .stepFunctions: return dualStack || (fips && region.name != "us-gov-west-1")
        default: return fips
        }
    }

    /// The part between the service and the suffix; global services often have none.
    var regionLabel: String? {
        switch service {
        case .sts: usesGlobalSTS ? nil : region.name
        case .iam: iamLabel
        case .organizations: partition.globalRegion
        default: region.name
        }
    }

    private var iamLabel: String? {
        switch partition {
        case .aws: dualStack ? "global" : nil
        case .china: fips ? nil : dualStack ? "global" : "cn-north-1"
        case .usGov: "us-gov"
        case .iso, .isoB: dualStack ? nil : partition.globalRegion
        case .isoE, .isoF, .europeanSovereign: fips || dualStack ? nil : partition.globalRegion
        }
    }

    var suffix: String { dualStack && !staysOnSingleSuffix ? partition.dualStackDNSSuffix : partition.dnsSuffix }

    /// Secrets Manager answers on IPv6 under its ordinary name in the public partitions.
    private var staysOnSingleSuffix: Bool {
        guard service == .secretsManager else { return false }
        switch partition {
        case .aws, .usGov: return true
        case .china: return !fips
        default: return false
        }
    }

    var signingRegion: String {
        switch service {
        case .iam: partition == .china && !fips ? "cn-north-1" : partition.globalRegion
        case .organizations: partition.globalRegion
        case .sts where usesGlobalSTS || region.name == Partition.aws.pseudoRegion: partition.globalRegion
        default: region.name
        }
    }

    private var usesGlobalSTS: Bool {
        guard service == .sts, !fips, !dualStack else { return false }
        return region.name == Partition.aws.pseudoRegion || (legacySTS && Self.legacySTSRegions.contains(region.name))
    }

    /// The regions older than STS's regional endpoints.
    private static let legacySTSRegions: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1",
        "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
        "us-west-2",
    ]
}
