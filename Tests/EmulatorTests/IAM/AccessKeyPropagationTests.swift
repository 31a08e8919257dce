import Domain
import Foundation
import Testing

@testable import Emulator

/// How long it takes until every host of AWS knows a key.
@Suite("A new access key")
struct AccessKeyPropagationTests {
    private static let whoami = """
        def ask(key):
            try:
                client('sts', key['AccessKeyId'], key['SecretAccessKey']).get_caller_identity()
                return 'yes'
            except botocore.exceptions.ClientError as error:
                return error.response['Error']['Code']
        """

    @Test("is taken at once where nothing else is said") func atOnce() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                "\(Self.whoami)\nprint(ask(iam.create_access_key()['AccessKey']))")
            #expect(output == "yes\n")
        }
    }

    @Test("is taken and refused as planned, every one by itself, and again when it is activated") func planned()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { world in
                world.accessKeyPropagation = [false, true, false]
                // What is made so is known to everybody already.
                world.addUser(name: "ci", keys: 0)
                world.addUser(name: "known")
            }
            let known = try #require(sandbox.aws[user: "known"])
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                \(Self.whoami)
                known = {'AccessKeyId': '\(known.accessKeyID)', 'SecretAccessKey': '\(known.secretAccessKey)'}
                print(ask(known))
                one, two = [iam.create_access_key(UserName='ci')['AccessKey'] for _ in range(2)]
                print([ask(one) for _ in range(2)])
                print([ask(two) for _ in range(5)])
                print([ask(one) for _ in range(3)])
                named = {'UserName': 'ci', 'AccessKeyId': one['AccessKeyId']}
                # Nothing becomes of this.
                iam.update_access_key(Status='Active', **named)
                print(ask(one))
                iam.update_access_key(Status='Inactive', **named)
                print([ask(one) for _ in range(2)])
                iam.update_access_key(Status='Active', **named)
                print([ask(one) for _ in range(4)])
                """)
            #expect(
                output.replacing("InvalidClientTokenId", with: "no") == """
                    yes
                    ['no', 'yes']
                    ['no', 'yes', 'no', 'yes', 'yes']
                    ['no', 'yes', 'yes']
                    yes
                    ['no', 'no']
                    ['no', 'yes', 'no', 'yes']

                    """)
        }
    }

    @Test("is refused by the services of the JSON protocol in their own words") func json() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.accessKeyPropagation = [false, false, false] }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                key = iam.create_access_key()['AccessKey']
                key = [key['AccessKeyId'], key['SecretAccessKey']]
                attempt(client('secretsmanager', *key).get_secret_value, SecretId='x')
                attempt(client('ssm', *key).get_parameter, Name='x')
                attempt(client('iam', *key).get_user)
                print(client('iam', *key).get_user()['User']['UserName'])
                """)
            let text = "The security token included in the request is invalid.\n"
            #expect(
                output == "UnrecognizedClientException: \(text)UnrecognizedClientException: \(text)"
                    + "InvalidClientTokenId: \(text)administrator\n")
        }
    }

    @Test("is tried without a request as well, which is a use of it") func accepts() throws {
        let secrets = SecretMint(isNasty: false)
        var world = AWSWorld(secrets: secrets)
        let user = world.addUser(name: "ci")
        world.changeAccessKey(user.accessKeyID) { $0.outcomes = [true, false, true] }
        let state = Shared(world)
        let service = AWSService(world: state, secrets: secrets, time: SandboxClock())
        let (id, secret) = (user.accessKeyID, user.secretAccessKey)
        let accepts = { (id: String, secret: String, token: String?) in
            service.accepts(accessKeyID: id, secretAccessKey: secret, sessionToken: token)
        }
        // Each of these is an attempt.
        #expect(!accepts(id, "wrong", nil))
        #expect(!accepts(id, secret, nil))
        #expect(!accepts(id, secret, "token"))
        #expect(state.value[accessKey: id]?.lastUse == nil)
        #expect(accepts(id, secret, ""))
        #expect(state.value[accessKey: id]?.lastUse?.service == "sts")
        #expect(accepts(id, secret, nil))
        #expect(!accepts("AKIANOBODY", secret, nil))
        state.change { $0.changeAccessKey(id) { $0.status = .inactive } }
        #expect(!accepts(id, secret, nil))
        state.change { $0.changeAccessKey(id) { $0.status = .expired } }
        #expect(!accepts(id, secret, nil))
        state.change { $0[user: "ci"] = nil }
        #expect(!accepts(id, secret, nil))
    }

    @Test("is known in a world that was taken from elsewhere, and its secret looked for") func copied() throws {
        let secrets = SecretMint(isNasty: false)
        var (world, other) = (AWSWorld(secrets: secrets), AWSWorld(secrets: SecretMint(isNasty: false)))
        let user = other.addUser(name: "ci")
        world.accounts = other.accounts
        let service = AWSService(world: Shared(world), secrets: secrets, time: SandboxClock())
        #expect(!secrets.all.contains(user.secretAccessKey))
        #expect(
            service.accepts(accessKeyID: user.accessKeyID, secretAccessKey: user.secretAccessKey, sessionToken: nil))
        #expect(secrets.all.contains(user.secretAccessKey))
        #expect(service.state.world.value[accessKey: user.accessKeyID]?.lastUse != nil)
    }

    @Test("is no session's, which is taken with its token until it ends") func session() throws {
        let (secrets, clock) = (SecretMint(isNasty: false), SandboxClock())
        var world = AWSWorld(secrets: secrets)
        world.add(AWSWorld.Role(account: AWSWorld.home, name: "deploy", trustPolicy: "{}"))
        world.accessKeyPropagation = [false]
        let service = AWSService(world: Shared(world), secrets: secrets, time: clock)
        let session = RoleSession(
            secret: "secret", token: "token", expires: Int(clock.now().timeIntervalSince1970) + 60,
            roleARN: Sandbox.RoleARN.deploy, name: "session")
        service.state.remember(session, as: "ASIASESSION")
        let accepts = { (secret: String, token: String?) in
            service.accepts(accessKeyID: "ASIASESSION", secretAccessKey: secret, sessionToken: token)
        }
        #expect(accepts("secret", "token"))
        #expect(!accepts("secret", nil))
        #expect(!accepts("wrong", "token"))
        clock.advance(by: .seconds(60))
        #expect(!accepts("secret", "token"))
    }
}
