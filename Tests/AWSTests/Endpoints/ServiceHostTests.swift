import Testing

@testable import AWS

@Suite struct ServiceHostTests {
    @Test(
        "a service's own hosts, and its VPC endpoints, are AWS's",
        arguments: [
            "sts.amazonaws.com", "sts.eu-west-1.amazonaws.com", "sts-fips.us-east-1.amazonaws.com",
            "sts.eu-west-1.api.aws", "iam.amazonaws.com", "iam.global.api.aws", "iam.us-gov.amazonaws.com",
            "sts.cn-north-1.amazonaws.com.cn", "secretsmanager.eusc-de-east-1.amazonaws.eu",
            "vpce-0a1b2c-3d4e.sts.eu-west-1.vpce.amazonaws.com", "portal.sso.eu-west-1.amazonaws.com",
            "portal.sso.cn-north-1.amazonaws.com.cn",
        ])
    func own(host: String) { #expect(ServiceHost.isServiceHost(host)) }

    @Test(
        "what anybody can have under the same endings is not",
        arguments: [
            "a1b2c3.execute-api.eu-west-1.amazonaws.com", "bucket.s3.amazonaws.com", "sts.s3.amazonaws.com",
            "sts.s3.eu-west-1.amazonaws.com", "sts.us-east-1.s3.amazonaws.com", "sts-1.eu-west-1.elb.amazonaws.com",
            "ec2-1-2-3-4.eu-west-1.compute.amazonaws.com", "sts.evil.amazonaws.com", "amazonaws.com",
            "xsts.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com.evil.example", "stsamazonaws.com",
            "vpce-0a.vpce-svc-0b.eu-west-1.vpce.amazonaws.com", ".amazonaws.com", "sts..amazonaws.com",
            "portal.sso.evil.amazonaws.com", "portal.sso.amazonaws.com", "portal.s3.eu-west-1.amazonaws.com",
            "portal.sso.s3.amazonaws.com", "x.portal.sso.eu-west-1.amazonaws.com", "sso.eu-west-1.amazonaws.com",
        ])
    func foreign(host: String) { #expect(!ServiceHost.isServiceHost(host)) }
}
