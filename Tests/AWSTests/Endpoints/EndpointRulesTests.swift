import Domain
import TestSupport
import Testing

@testable import AWS

/// The rules against what botocore's clients connect to.
@Suite struct EndpointRulesTests {
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        let service: String
        let partition: String
        let region: String
        let fips: Bool
        let dualstack: Bool
        let sts_regional_endpoints: String?
        let url: String?
        let signing_region: String?
        let signing_name: String?
        let error: String?

        var testDescription: String {
            [
                service, region, fips ? "FIPS" : nil, dualstack ? "dual stack" : nil,
                sts_regional_endpoints == "legacy" ? "legacy" : nil,
            ].compactMap { $0 }.joined(separator: " ")
        }

        func endpoint() throws -> Endpoint {
            let name = service == "stepfunctions" ? "states" : service
            return try EndpointRules.endpoint(
                for: #require(Service(rawValue: name)), in: Region(region), fips: fips, dualStack: dualstack,
                legacySTS: sts_regional_endpoints == "legacy")
        }
    }

    private struct File: Decodable { let rows: [Row] }

    static let rows = (try? Vectors.decode(File.self, "endpoints.json"))?.rows ?? []

    @Test("all 659 rows are there")
    func completeness() { #expect(Self.rows.count == 659) }

    @Test("as botocore has it", arguments: rows)
    func row(_ row: Row) throws {
        if row.error != nil {
            #expect(throws: EndpointError.self) { try row.endpoint() }
            return
        }
        let endpoint = try row.endpoint()
        #expect(endpoint.url == (try HTTPURL(#require(row.url))))
        #expect(endpoint.signingRegion == row.signing_region)
        #expect(endpoint.signingName == row.signing_name)

        let region = try Region(row.region)
        if row.partition == "(unknown)" {
            #expect(region.partition == .aws)
        } else {
            #expect(region.isKnown)
            #expect(region.partition.rawValue == row.partition)
        }
    }

    @Test("a host may be given a secret where the region is one of AWS's", arguments: rows.filter { $0.error == nil })
    func trusted(_ row: Row) throws {
        let isKnown = try Region(row.region).isKnown
        #expect(try ServiceHost.isServiceHost(row.endpoint().url.host) == isKnown || row.service == "iam")
    }

    @Test("the pseudo-region of the public partition has the global STS")
    func globalSTS() throws {
        let endpoint = try EndpointRules.endpoint(for: .sts, in: Region("aws-global"))
        #expect(endpoint.url.text == "https://sts.amazonaws.com/")
        #expect(endpoint.signingRegion == "us-east-1")
    }

    @Test(
        "Organizations is one for each partition",
        arguments: [
            ("eu-west-1", false, "https://organizations.us-east-1.amazonaws.com/", "us-east-1"),
            ("eu-west-1", true, "https://organizations-fips.us-east-1.amazonaws.com/", "us-east-1"),
            ("cn-north-1", false, "https://organizations.cn-northwest-1.amazonaws.com.cn/", "cn-northwest-1"),
            ("us-gov-east-1", true, "https://organizations.us-gov-west-1.amazonaws.com/", "us-gov-west-1"),
        ])
    func organizations(region: String, fips: Bool, url: String, signingRegion: String) throws {
        let endpoint = try EndpointRules.endpoint(for: .organizations, in: Region(region), fips: fips)
        #expect(endpoint.url.text == url)
        #expect(endpoint.signingRegion == signingRegion)
    }

    @Test("a missing dual-stack endpoint says for which service and partition")
    func noDualStack() throws {
        let region = try Region("us-isof-south-1")
        #expect(throws: EndpointError.noDualStack(service: .sts, partition: .isoF, fips: false)) {
            try EndpointRules.endpoint(for: .sts, in: region, dualStack: true)
        }
    }
}
