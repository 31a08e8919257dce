@testable import Domain
import Testing

@Suite struct RegionTests {
    @Test(
        "what could change a host's name is no region",
        arguments: [
            "", " ", "eu west 1", "EU-WEST-1", "eu-west-1 ", "eu-west-1\n", "eu_west_1", "eu.west.1",
            "eu-west-1.evil.com",
            "evil.com/", "evil.com#", "evil.com?", "x@evil.com", "evil.com:443", "-eu-west-1", "eu-west-1-",
            "eu--west-1",
            "eu-wést-1", "%65u-west-1", "eu-west-1\0", String(repeating: "a", count: 64),
        ])
    func malformed(name: String) {
        #expect(throws: MalformedRegion(name: name)) { try Region(name) }
    }

    @Test(
        "a partition's rule decides whether a region is known",
        arguments: [
            ("us-east-1", Partition.aws, true), ("ap-southeast-7", .aws, true), ("mx-central-1", .aws, true),
            ("cn-north-1", .china, true), ("us-gov-west-1", .usGov, true), ("us-iso-east-1", .iso, true),
            ("us-isob-west-1", .isoB, true), ("eu-isoe-west-1", .isoE, true), ("us-isof-south-1", .isoF, true),
            ("eusc-de-east-1", .europeanSovereign, true), ("aws-global", .aws, true), ("aws-iso-e-global", .isoE, true),
            // No rule can tell that there is no such region.
            ("eu-wst-1", .aws, true),
            ("eu-west", .aws, false), ("west-1", .aws, false), ("eu-west-one", .aws, false),
            ("xx-nowhere-1", .aws, false), ("eu-west-1a", .aws, false), ("us-gov-1", .aws, true),
            ("eusc-fr-east-1", .aws, false),
            ("eu-north-west-1", .aws, false), ("1", .aws, false), ("ireland", .aws, false),
        ])
    func partition(name: String, partition: Partition, isKnown: Bool) throws {
        let region = try Region(name)
        #expect(region.partition == partition)
        #expect(region.isKnown == isKnown)
    }

    @Test("each partition's own region is one of its regions", arguments: Partition.allCases)
    func globalRegion(partition: Partition) throws {
        #expect(try Region(partition.globalRegion).partition == partition)
        #expect(try Region(partition.pseudoRegion).partition == partition)
    }
}
