import Domain

/// Which hosts are AWS's own services.
///
/// The ending of a name does not tell: under `.amazonaws.com` are buckets, functions, load balancers and machines that
/// anybody can have, with certificates that hold. So a host is AWS's only where every part of its name is one that AWS
/// alone gives out.
package enum ServiceHost {
    /// Parts that stand for a region in the names of IAM's hosts.
    private static let globalLabels: Set<Substring> = ["global", "us-gov"]

    /// Whether the host is `service[-fips][.region].suffix`, or a VPC endpoint of such a service,
    /// `vpce-….service.region.vpce.suffix`, or `portal.sso.region.suffix`, where IAM Identity Center gives credentials.
    ///
    /// - Parameter host: lower case.
    package static func isServiceHost(_ host: String) -> Bool {
        Partition.allCases.contains { partition in
            [partition.dnsSuffix, partition.dualStackDNSSuffix].contains { suffix in
                host.hasSuffix(".\(suffix)") && isService(host.dropLast(suffix.count + 1))
            }
        }
    }

    private static func isService(_ name: Substring) -> Bool {
        var labels = name.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count == 4, labels[3] == "vpce", labels[0].hasPrefix("vpce-") {
            labels.removeFirst()
            labels.removeLast()
        }
        if labels.count == 3, labels.starts(with: ["portal", "sso"]) { return isRegion(labels[2]) }
        guard let first = labels.first, labels.count <= 2 else { return false }
        let service = first.hasSuffix("-fips") ? first.dropLast("-fips".count) : first
        guard Service(rawValue: String(service)) != nil else { return false }
        return labels.dropFirst().allSatisfy { globalLabels.contains($0) || isRegion($0) }
    }

    private static func isRegion(_ label: Substring) -> Bool { (try? Region(String(label)))?.isKnown == true }
}
