import Emulator
import Foundation
import Testing

/// IAM's OIDC providers, called by boto3.
@Suite("IAM's OIDC provider")
struct ProviderTests {
    static let arn = "arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/abc"
    private static let url = "https://vstoken.dev.azure.com/abc"

    @Test("is created, read, changed, listed and deleted") func life() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                arn = iam.create_open_id_connect_provider(Url='\(Self.url)', ClientIDList=['one', 'one'],
                    ThumbprintList=['A' * 40], Tags=[{'Key': 'team', 'Value': 'ci'}])['OpenIDConnectProviderArn']
                print(arn)
                named = {'OpenIDConnectProviderArn': arn}
                iam.add_client_id_to_open_id_connect_provider(**named, ClientID='two')
                iam.add_client_id_to_open_id_connect_provider(**named, ClientID='two')
                iam.remove_client_id_from_open_id_connect_provider(**named, ClientID='one')
                iam.remove_client_id_from_open_id_connect_provider(**named, ClientID='none')
                iam.update_open_id_connect_provider_thumbprint(**named, ThumbprintList=['b' * 40, 'c' * 40])
                iam.tag_open_id_connect_provider(**named, Tags=[{'Key': 'TEAM', 'Value': 'x'}, {'Key': 'a', 'Value': ''}])
                got = iam.get_open_id_connect_provider(**named)
                print(got['Url'], got['ClientIDList'], [text[:2] for text in got['ThumbprintList']], got['Tags'])
                iam.untag_open_id_connect_provider(**named, TagKeys=['Team'])
                print(iam.list_open_id_connect_provider_tags(**named)['Tags'])
                print(arn in [entry['Arn'] for entry in
                    iam.list_open_id_connect_providers()['OpenIDConnectProviderList']])
                iam.delete_open_id_connect_provider(**named)
                attempt(iam.get_open_id_connect_provider, **named)
                attempt(iam.delete_open_id_connect_provider, **named)
                # IAM finds a thumbprint itself where it is told none.
                iam.create_open_id_connect_provider(Url='\(Self.url)', ThumbprintList=[])
                print([len(text) for text in iam.get_open_id_connect_provider(**named)['ThumbprintList']])
                """)
            #expect(
                output == """
                    \(Self.arn)
                    vstoken.dev.azure.com/abc ['two'] ['bb', 'cc'] \
                    [{'Key': 'TEAM', 'Value': 'x'}, {'Key': 'a', 'Value': ''}]
                    [{'Key': 'a', 'Value': ''}]
                    True
                    NoSuchEntity: OpenIDConnect Provider not found for arn \(Self.arn)
                    NoSuchEntity: OpenIDConnect Provider not found for arn \(Self.arn)
                    [40]

                    """)
            #expect(sandbox.aws[provider: Self.arn]?.clientIDs == [])
            // One call, one line of the log; all of them signed and over TLS.
            #expect(sandbox.log.count("CreateOpenIDConnectProvider") == 2)
            #expect(sandbox.log.records.allSatisfy { $0.service == "aws" && $0.request.isTLS })
        }
    }

    private static let refusals = [
        ("Url='http://vstoken.dev.azure.com/abc'", "ValidationError: Invalid Open ID Connect Provider URL"),
        ("Url='https://vstoken.dev.azure.com/abc?x=1'", "ValidationError: Invalid Open ID Connect Provider URL"),
        ("Url='https://vstoken.dev.azure.com:8443/abc'", "ValidationError: Invalid Open ID Connect Provider URL"),
        ("Url='https:///abc'", "ValidationError: Invalid Open ID Connect Provider URL"),
        (
            "Url='https://' + 'x' * 248",
            "ValidationError: 1 validation error detected: Value at 'url' failed to satisfy constraint: Member must have "
                + "length less than or equal to 255"
        ),
        (
            "ClientIDList=['x']",
            "ValidationError: 1 validation error detected: Value null at 'url' failed to satisfy constraint: Member must "
                + "not be null"
        ),
        (
            "Url='https://a.test', ThumbprintList=['a' * 39]",
            "ValidationError: 1 validation error detected: Value at 'thumbprintList.1.member' failed to satisfy "
                + "constraint: Member must have length greater than or equal to 40"
        ),
        (
            "Url='https://a.test', ThumbprintList=['g' * 40]",
            "InvalidInput: A thumbprint must be 40 hexadecimal digits."
        ),
        (
            "Url='https://a.test', ThumbprintList=['a' * 40] * 6",
            "InvalidInput: Thumbprint list must contain fewer than 5 entries."
        ),
        (
            "Url='https://a.test', ClientIDList=[str(i) for i in range(101)]",
            "LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"
        ),
        (
            "Url='https://a.test', Tags=[{'Key': 'a', 'Value': ''}, {'Key': 'A', 'Value': ''}]",
            "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."
        ),
        (
            "Url='https://a.test', Tags=[{'Key': 'a*', 'Value': ''}]",
            "ValidationError: 1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: "
                + #"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+"#
        ),
        (
            "Url='https://a.test', Tags=[{'Key': str(i), 'Value': ''} for i in range(51)]",
            "ValidationError: 1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have "
                + "length less than or equal to 50"
        ),
        ("Url='\(url)'", "EntityAlreadyExists: Provider with url \(url) already exists."),
    ]

    @Test("is refused where it cannot be, in IAM's words") func refusals() async throws {
        try await Sandbox.with { sandbox async throws in
            let calls = Self.refusals.map { "attempt(iam.create_open_id_connect_provider, \($0.0))" }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                (["iam.create_open_id_connect_provider(Url='\(Self.url)')"] + calls).joined(separator: "\n"))
            let lines = output.split(separator: "\n")
            try #require(lines.count == Self.refusals.count)
            for (line, refusal) in zip(lines, Self.refusals) { #expect(line == refusal.1) }
        }
    }

    @Test("is not changed into what it cannot be, nor found by another name") func changes() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                named = {'OpenIDConnectProviderArn': iam.create_open_id_connect_provider(Url='\(Self.url)',
                    ClientIDList=[str(i) for i in range(100)])['OpenIDConnectProviderArn']}
                attempt(iam.add_client_id_to_open_id_connect_provider, **named, ClientID='more')
                attempt(iam.update_open_id_connect_provider_thumbprint, **named, ThumbprintList=[])
                iam.tag_open_id_connect_provider(**named, Tags=[{'Key': str(i), 'Value': ''} for i in range(50)])
                attempt(iam.tag_open_id_connect_provider, **named, Tags=[{'Key': 'more', 'Value': ''}])
                attempt(iam.tag_open_id_connect_provider, **named, Tags=[{'Key': 'aws:x', 'Value': ''}])
                for arn in ['\(Self.arn.uppercased())', 'arn:aws:iam::111122223333:role/x',
                    '\(Self.arn)'.replace('abc', 'ABC'), '\(Self.arn)'.replace('1111', '9999')]:
                    attempt(iam.get_open_id_connect_provider, OpenIDConnectProviderArn=arn)
                """)
            #expect(
                output == """
                    LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100
                    InvalidInput: Thumbprint list must contain at least one entry.
                    LimitExceeded: The number of tags has reached the maximum limit.
                    InvalidInput: Tag keys must not begin with 'aws:', which is reserved for AWS.
                    ValidationError: Invalid ARN:  Could not be parsed!
                    ValidationError: Invalid ARN:  Could not be parsed!
                    NoSuchEntity: OpenIDConnect Provider not found for arn \(Self.arn.replacing("abc", with: "ABC"))
                    AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: \
                    iam:GetOpenIDConnectProvider on resource: \(Self.arn.replacing("1111", with: "9999")) because no \
                    resource-based policy allows the iam:GetOpenIDConnectProvider action

                    """)
        }
    }

    @Test("is one of a hundred at most, and its tags come in pages") func pages() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.pageSize = 3 }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                for i in range(98):
                    iam.create_open_id_connect_provider(Url=f'https://a.test/{i}')
                attempt(iam.create_open_id_connect_provider, Url='https://a.test/more')
                print(len(iam.list_open_id_connect_providers()['OpenIDConnectProviderList']))
                named = {'OpenIDConnectProviderArn': 'arn:aws:iam::111122223333:oidc-provider/a.test/1'}
                iam.tag_open_id_connect_provider(**named, Tags=[{'Key': f'k{i}', 'Value': 'v'} for i in range(8)])
                page = iam.list_open_id_connect_provider_tags(**named, MaxItems=2)
                print(page['IsTruncated'], [tag['Key'] for tag in page['Tags']])
                page = iam.list_open_id_connect_provider_tags(**named, Marker=page['Marker'])
                print(page['IsTruncated'], [tag['Key'] for tag in page['Tags']])
                page = iam.list_open_id_connect_provider_tags(**named, Marker=page['Marker'])
                print(page['IsTruncated'], [tag['Key'] for tag in page['Tags']], 'Marker' in page)
                """)
            #expect(
                output == """
                    LimitExceeded: Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100
                    100
                    True ['k0', 'k1']
                    True ['k2', 'k3', 'k4']
                    False ['k5', 'k6', 'k7'] False

                    """)
        }
    }
}
