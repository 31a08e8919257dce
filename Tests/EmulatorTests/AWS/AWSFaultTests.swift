import Emulator
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// What goes wrong with AWS, met by boto3.
@Suite("AWS's faults")
struct AWSFaultTests {
    private static let prelude = """
        trust = json.dumps({'Version': '2012-10-17', 'Statement': {
            'Effect': 'Allow', 'Principal': {'AWS': '111122223333'}, 'Action': 'sts:AssumeRole'}})
        """

    private static func roleCount(_ sandbox: Sandbox) -> Int? {
        sandbox.aws.accounts["111122223333"]?.roles.keys.count { $0.hasPrefix("r") && $0.count == 2 }
    }

    @Test("come in the form of each service") func forms() async throws {
        try await Sandbox.with { sandbox async throws in
            for operation in ["CreateRole", "ListAccounts", "GetCallerIdentity", "DescribeSecret", "GetParameter"] {
                sandbox.faults.add(try FaultRule("\(operation)=Throttling"))
            }
            sandbox.faults.add(try FaultRule("CreateRole=ConcurrentModification"))
            sandbox.faults.add(try FaultRule("CreateRole=AccessDenied"))
            sandbox.faults.add(try FaultRule("CreateRole=InternalFailure"))
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                for _ in range(4):
                    attempt(iam.create_role, RoleName='x', AssumeRolePolicyDocument='{}')
                attempt(client('organizations', *sys.argv[1:]).list_accounts)
                attempt(client('sts', *sys.argv[1:]).get_caller_identity)
                attempt(client('secretsmanager', *sys.argv[1:]).describe_secret, SecretId='x')
                attempt(client('ssm', *sys.argv[1:]).get_parameter, Name='x')
                """)
            #expect(
                output == """
                    Throttling: Rate exceeded
                    ConcurrentModification: The request was rejected because multiple requests to change this object \
                    were submitted simultaneously.
                    AccessDenied: Not authorized to perform iam:CreateRole
                    InternalFailure: We encountered an internal error.
                    TooManyRequestsException: Rate exceeded
                    Throttling: Rate exceeded
                    ThrottlingException: Rate exceeded
                    ThrottlingException: Rate exceeded

                    """)
            #expect(sandbox.faults.pending.isEmpty)
        }
    }

    @Test("of all writes come in the form of the one they meet") func formOfWrites() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("write=Throttling:3"))
            sandbox.faults.add(try FaultRule("CreateAccessKey=LimitExceeded@2"))
            sandbox.faults.add(try FaultRule("GetCallerIdentity=InvalidClientTokenId"))
            sandbox.faults.add(try FaultRule("GetSecretValue=InvalidClientTokenId"))
            sandbox.faults.add(try FaultRule("GetSecretValue=InternalFailure"))
            sandbox.faults.add(try FaultRule("GetParameter=ServiceFailure"))
            let output = try await sandbox.boto3(
                "secretsmanager", try sandbox.administratorKey,
                """
                iam, sts, ssm = (client(name, *sys.argv[1:]) for name in ['iam', 'sts', 'ssm'])
                # These are no writes.
                attempt(secretsmanager.describe_secret, SecretId='x')
                attempt(sts.get_caller_identity)
                attempt(secretsmanager.get_secret_value, SecretId='x')
                attempt(secretsmanager.get_secret_value, SecretId='x')
                attempt(ssm.get_parameter, Name='x')
                attempt(secretsmanager.put_secret_value, SecretId='x', SecretString='x')
                attempt(iam.create_access_key)
                attempt(secretsmanager.update_secret_version_stage, SecretId='x', VersionStage='x')
                attempt(iam.create_access_key)
                """)
            let invalid = "The security token included in the request is invalid."
            #expect(
                output == """
                    ResourceNotFoundException: Secrets Manager can't find the specified secret.
                    InvalidClientTokenId: \(invalid)
                    UnrecognizedClientException: \(invalid)
                    InternalServiceError: We encountered an internal error.
                    InternalServerError: Service failure.
                    ThrottlingException: Rate exceeded
                    Throttling: Rate exceeded
                    ThrottlingException: Rate exceeded
                    LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2

                    """)
            #expect(sandbox.faults.pending.isEmpty)
            #expect(sandbox.log.count(FaultPlan.write) == 4)
        }
    }

    @Test("come at the rates given, in the same sequence every time, and to AWS only") func rates() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.setRates(throttling: 10, failure: 5)
            for _ in 0..<20 { _ = try await sandbox.token() }
            let output = try await sandbox.boto3(
                "sts", try sandbox.administratorKey,
                """
                def code():
                    try:
                        sts.get_caller_identity()
                        return '.'
                    except botocore.exceptions.ClientError as error:
                        return error.response['Error']['Code'][0]
                print(''.join(code() for _ in range(40)))
                """)
            // The twentieth would be both, so the failure comes with the next one.
            #expect(output == ".........T.........TS........T.........T\n")
        }
    }

    @Test("let some requests pass first, and meet every operation that writes") func writes() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("write=Throttling:2@3"))
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                \(Self.prelude)
                for name in ['r1', 'r2', 'r3']:
                    attempt(iam.create_role, RoleName=name, AssumeRolePolicyDocument=trust)
                    iam.list_roles()
                attempt(iam.tag_role, RoleName='r1', Tags=[{'Key': 'k', 'Value': 'v'}])
                iam.delete_role(RoleName='r1')
                """)
            #expect(output == "Throttling: Rate exceeded\nThrottling: Rate exceeded\n")
            #expect(Self.roleCount(sandbox) == 1)
        }
    }

    @Test(
        "let a test end the client just before and just after a write takes effect",
        arguments: [("hang-before", 1, "silence"), ("hang-after", 2, "hang-after")])
    func hangs(kind: String, roles: Int, name: String) async throws {
        // The client's process, once it has told.
        let client = Mutex<Int32?>(nil)
        let kill: @Sendable (RequestLog.Record) -> Void = { record in
            guard record.fault == name else { return }
            client.withLock { if let identifier = $0 { _ = Glibc.kill(identifier, SIGKILL) } }
        }
        var options = Sandbox.Options()
        let telling: @Sendable (RequestLog.Record) -> Void = { record in
            guard record.operation == "ListRoles" else { return }
            let marker = record.request.formItems.first { $0.name == "PathPrefix" }?.value.dropFirst()
            client.withLock { $0 = marker.flatMap { Int32($0) } }
        }
        options.onRequest = { record in
            telling(record)
            if kind == "hang-before" { kill(record) }
        }
        options.onAnswer = { record in if kind == "hang-after" { kill(record) } }
        try await Sandbox.with(options) { sandbox async throws in
            sandbox.faults.add(try FaultRule("CreateRole=\(kind)@2"))
            let script = """
                import os, sys, json, boto3
                iam = boto3.client('iam', region_name='us-east-1')
                \(Self.prelude)
                iam.list_roles(PathPrefix=f'/{os.getpid()}')
                for name in ['r1', 'r2', 'r3']:
                    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
                """
            let tool = try await Child.run(
                [try TestPython.path(), "-c", script],
                adding: sandbox.environment.merging(sandbox.administratorEnvironment) { $1 })
            #expect(tool.code == 128 + SIGKILL)
            #expect(Self.roleCount(sandbox) == roles)
            #expect(sandbox.log.count("CreateRole") == 2)
            #expect(sandbox.log.records.last?.status == nil)
            #expect(sandbox.faults.pending.isEmpty)
        }
    }

    @Test("are joined by a time that every answer takes, one beside the other") func latency() async throws {
        let crowd = Mutex((now: 0, most: 0))
        var options = Sandbox.Options()
        options.latency = .milliseconds(500)
        options.onRequest = { _ in crowd.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
        options.onAnswer = { _ in crowd.withLock { $0.now -= 1 } }
        try await Sandbox.with(options) { sandbox async throws in
            let urls = Array(repeating: ["-o", "/dev/null", sandbox.awsURL], count: 32).flatMap { $0 }
            let tool = try await Child.run(
                [
                    "curl", "-sS", "--parallel", "--parallel-immediate", "--max-time", "60", "--cacert",
                    sandbox.authority.rootFile, "-w", "%{time_pretransfer} %{time_starttransfer}\n",
                ] + urls)
            let lines = tool.out.split(separator: "\n")
            #expect(lines.count == 32)
            for line in lines {
                let times = line.split(separator: " ").compactMap { Double($0) }
                // The two clocks, and what rounds them, differ by a few milliseconds.
                #expect(times[1] - times[0] >= 0.45, "\(line)")
            }
            #expect(crowd.withLock { $0.most } > 1)
        }
    }
}
