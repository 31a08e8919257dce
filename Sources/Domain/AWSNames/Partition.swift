/// A group of regions with its own accounts, host names and ARNs. The raw value is the partition part of an ARN.
///
/// Source: `partitions.json` of the AWS SDKs, which gives every region of a partition by a pattern.
package enum Partition: String, Sendable, CaseIterable, CustomStringConvertible {
    case aws
    case china = "aws-cn"
    case usGov = "aws-us-gov"
    case iso = "aws-iso"
    case isoB = "aws-iso-b"
    case isoE = "aws-iso-e"
    case isoF = "aws-iso-f"
    case europeanSovereign = "aws-eusc"

    /// As ARNs have it.
    package var description: String { rawValue }

    /// The end of its hosts' names.
    package var dnsSuffix: String {
        switch self {
        case .aws, .usGov: "amazonaws.com"
        case .china: "amazonaws.com.cn"
        case .iso: "c2s.ic.gov"
        case .isoB: "sc2s.sgov.gov"
        case .isoE: "cloud.adc-e.uk"
        case .isoF: "csp.hci.ic.gov"
        case .europeanSovereign: "amazonaws.eu"
        }
    }

    /// The end of the names of hosts that answer on IPv4 and IPv6.
    package var dualStackDNSSuffix: String {
        switch self {
        case .aws, .usGov: "api.aws"
        case .china: "api.amazonwebservices.com.cn"
        case .iso: "api.aws.ic.gov"
        case .isoB: "api.aws.scloud"
        case .isoE: "api.cloud-aws.adc-e.uk"
        case .isoF: "api.aws.hci.ic.gov"
        case .europeanSovereign: "api.amazonwebservices.eu"
        }
    }

    /// The region global services are signed for.
    package var globalRegion: String {
        switch self {
        case .aws: "us-east-1"
        case .china: "cn-northwest-1"
        case .usGov: "us-gov-west-1"
        case .iso: "us-iso-east-1"
        case .isoB: "us-isob-east-1"
        case .isoE: "eu-isoe-west-1"
        case .isoF: "us-isof-south-1"
        case .europeanSovereign: "eusc-de-east-1"
        }
    }

    /// The name that stands for no region in particular: `aws-global`.
    package var pseudoRegion: String { "\(rawValue)-global" }

    /// Whether the name is that of a region of this partition by the partition's rule: one of its prefixes, a word, a
    /// number.
    func admits(_ region: Region) -> Bool {
        if region.name == pseudoRegion { return true }
        let parts = region.name.split(separator: "-")
        guard parts.count > 2, let number = parts.last, number.allSatisfy(\.isWholeNumber) else { return false }
        return regionPrefixes.contains(parts.dropLast(2).joined(separator: "-"))
    }

    private var regionPrefixes: Set<String> {
        switch self {
        case .aws: ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"]
        case .china: ["cn"]
        case .usGov: ["us-gov"]
        case .iso: ["us-iso"]
        case .isoB: ["us-isob"]
        case .isoE: ["eu-isoe"]
        case .isoF: ["us-isof"]
        case .europeanSovereign: ["eusc-de"]
        }
    }
}
