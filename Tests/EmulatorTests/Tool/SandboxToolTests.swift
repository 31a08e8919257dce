import Emulator
import Foundation
import TestSupport
import Testing

/// The built `keyless-sandbox`.
@Suite("keyless-sandbox")
struct SandboxToolTests {
    private func tool() throws -> String { try Child.product("keyless-sandbox") }

    @Test("run ends as its command ends", arguments: [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137)])
    func exitCode(command: String, code: Int32) async throws {
        #expect(try await Child.run(tool(), "run", "--", "sh", "-c", command).code == code)
    }

    @Test("run passes a termination on") func termination() async throws {
        // Bounded, so that a command nobody tells to end does not stay for ever.
        let command = #"trap 'echo asked; exit 3' TERM; kill -TERM $PPID; for i in $(seq 1000); do sleep 0.01; done"#
        let ended = try await Child.run(tool(), "run", "--", "sh", "-c", command)
        #expect(ended.code == 3)
        #expect(ended.out == "asked\n")
    }

    @Test("run holds no signal back from its command", arguments: ["run", "agent"])
    func signals(subcommand: String) async throws {
        let ended = try await Child.run(tool(), subcommand, "--", "grep", "SigBlk", "/proc/self/status")
        #expect(ended.out.hasPrefix("SigBlk:\t0000000000000000\n"))
    }

    @Test("run gives the job's environment, and none of the machine's own AWS settings") func environment() async throws
    {
        let script = #"echo "$TF_BUILD|$SYSTEM_TEAMPROJECT|$AWS_PROFILE|$HTTPS_PROXY|$MINE""#
        let ended = try await Child.run(
            [try tool(), "run", "--", "sh", "-c", script],
            adding: ["AWS_PROFILE": "personal", "HTTPS_PROXY": "http://proxy.invalid", "MINE": "kept"])
        #expect(ended.out == "True|Web Shop|||kept\n")
        #expect(ended.err.isEmpty)
    }

    @Test("run lets curl trade a token for credentials") func exchange() async throws {
        let script = """
            token=$(curl -sS --cacert "$AWS_CA_BUNDLE" -X POST -H "Authorization: Bearer $SYSTEM_ACCESSTOKEN" \
                -H 'Content-Length: 0' "$SYSTEM_OIDCREQUESTURI?api-version=7.1" | cut -d '"' -f 4)
            curl -sS --cacert "$AWS_CA_BUNDLE" "$AWS_ENDPOINT_URL_STS" -d Action=AssumeRoleWithWebIdentity \
                -d Version=2011-06-15 -d RoleSessionName=me -d "RoleArn=$AWS_ROLE_ARN" -d "WebIdentityToken=$token"
            """
        let directory = try TemporaryDirectory()
        let ended = try await Child.run(
            tool(), "run", "--rtt", "2ms", "--fault", "jwks=reset", "--log", directory.file("log"), "--", "sh", "-c",
            script)
        #expect(ended.out.contains("<AccessKeyId>ASIA"), "\(ended.err)")
        let log = try String(contentsOfFile: directory.file("log"), encoding: .utf8)
        #expect(log.split(separator: "\n").count == 2)
        #expect(log.contains(#""operation":"AssumeRoleWithWebIdentity""#))
        #expect(!log.contains("eyJ"))
    }

    @Test("run gives an administrator's credentials on request, for an organisation as large as asked for")
    func administrator() async throws {
        let python = try TestPython.path()
        let script = """
            import boto3, os, urllib.request, base64, ssl
            pages = boto3.client('organizations', region_name='us-east-1').get_paginator('list_accounts').paginate()
            print(sum(len(page['Accounts']) for page in pages))
            request = urllib.request.Request(
                os.environ['SYSTEM_COLLECTIONURI'] + '_apis/connectionData?api-version=7.1-preview')
            token = base64.b64encode((':' + os.environ['AZURE_DEVOPS_EXT_PAT']).encode()).decode()
            request.add_header('Authorization', 'Basic ' + token)
            context = ssl.create_default_context(cafile=os.environ['AWS_CA_BUNDLE'])
            print(os.environ['SYSTEM_COLLECTIONID'] in urllib.request.urlopen(request, context=context).read().decode())
            """
        let given = try await Child.run(
            tool(), "run", "--administrator", "--accounts", "25", "--latency", "1ms", "--throttle-rate", "5",
            "--failure-rate", "1", "--", python, "-c", script)
        #expect(given.out == "26\nTrue\n", "\(given.err)")
        let look = #"echo "$AWS_ACCESS_KEY_ID|$AZURE_DEVOPS_EXT_PAT""#
        let without = try await Child.run(
            [try tool(), "run", "--", "sh", "-c", look],
            adding: ["AWS_ACCESS_KEY_ID": "mine", "AZURE_DEVOPS_EXT_PAT": "mine"])
        #expect(without.out == "|\n")
    }

    @Test("run gives addresses for notifications, and uses keys meanwhile, on request") func notifications()
        async throws
    {
        let script = """
            curl -sS --cacert "$AWS_CA_BUNDLE" -H 'Content-Type: application/json' -d '{"text":"x"}' "$SLACK_WEBHOOK_URL"
            curl -sS --cacert "$AWS_CA_BUNDLE" -o /dev/null -w ' %{http_code}' -H 'Content-Type: application/json' -d '{}' \
                "$KEYLESS_WEBHOOK_URL"
            curl -sS --cacert "$AWS_CA_BUNDLE" -o /dev/null -w ' %{http_code}' --user ":$AZURE_DEVOPS_EXT_PAT" \
                "${SYSTEM_COLLECTIONURI}Web%20Shop/_apis/serviceendpoint/endpoints?api-version=7.1&actionFilter=manage"
            """
        let ended = try await Child.run(
            tool(), "run", "--administrator", "--notifications", "--uses-connections", "--pat-scope",
            "vso.serviceendpoint", "--job-role", "user", "--ready-after", "2", "--updates-fail", "--", "sh", "-c",
            script)
        #expect(ended.out == "ok 204 401")
        #expect(try #/used [1-9][0-9]* times, and refused 0 times/#.firstMatch(in: ended.err) != nil)
        let blocked = try await Child.run(
            tool(), "run", "--administrator", "--blocked", "1", "--", "sh", "-c",
            """
            curl -sS --cacert "$AWS_CA_BUNDLE" -o /dev/null -w '%{http_code}' --user ":$AZURE_DEVOPS_EXT_PAT" \
                "${SYSTEM_COLLECTIONURI}_apis/projects?api-version=7.1"; echo "$SLACK_WEBHOOK_URL$KEYLESS_WEBHOOK_URL"
            """)
        #expect(blocked.out == "429\n")
    }

    @Test("run adds the flags of trust behind the subcommand of keyless, and says so") func insertion() async throws {
        let directory = try TemporaryDirectory()
        let keyless = directory.file("keyless")
        try "#!/bin/sh\necho \"$@\"\n".write(toFile: keyless, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: keyless)
        let ended = try await Child.run(tool(), "run", "--", keyless, "exec", "--", "keyless", "token")
        let words = ended.out.split(separator: " ")
        #expect(words.prefix(2) == ["exec", "--trusted-host"])
        #expect(words.dropFirst(3).first == "--trusted-host")
        #expect(words.dropFirst(5).first == "--trusted-host")
        #expect(words.dropFirst(7).first == "--ca-bundle")
        #expect(words.suffix(3) == ["--", "keyless", "token\n"])
        #expect(ended.err.hasPrefix("keyless-sandbox: added to the command: --trusted-host "))
        // Nowhere to put them, so nothing is added.
        let version = try await Child.run(tool(), "run", "--plain-http", "--", keyless, "--version")
        #expect(version.out == "--version\n")
        #expect(version.err.isEmpty)
    }

    @Test("agent prints the masked log and what was set") func agent() async throws {
        let script = """
            echo '##vso[task.setsecret]s3cret'
            echo '##vso[task.setvariable variable=PLAIN]s3cret'
            echo '##vso[task.setvariable variable=HIDDEN;issecret=true]other' >&2
            echo 'said s3cret'
            printf 'no end of line'
            exit 4
            """
        let ended = try await Child.run(tool(), "agent", "--", "sh", "-c", script)
        #expect(ended.code == 4)
        #expect(
            ended.out == """
                said ***
                no end of line

                VARIABLE  VALUE  KIND
                PLAIN     ***    in the environment of later steps
                HIDDEN    ***    secret: later steps must map it

                """)
    }

    @Test("agent fails for a command that the agent cannot carry out") func agentFailure() async throws {
        let ended = try await Child.run(tool(), "agent", "--", "echo", "##vso[task.logissue]x")
        #expect(ended.code == 1)
        #expect(ended.out.contains("##[error]Unable to process command"))
    }

    @Test("serve prints what a shell can read, and ends when told to") func serve() async throws {
        let directory = try TemporaryDirectory()
        let script = """
            mkfifo "$2"
            "$1" serve --administrator >"$2" &
            server=$!
            while read -r line; do
                echo "$line" >>"$2.env"
                case $line in *KEYLESS_SANDBOX_ARGS=*) break ;; esac
            done <"$2"
            . "$2.env"
            curl -sS --cacert "$AWS_CA_BUNDLE" -o /dev/null -w '%{http_code}\\n' "$AWS_ENDPOINT_URL_STS"
            echo "$SYSTEM_TEAMPROJECT $(echo "$AWS_ACCESS_KEY_ID" | cut -c 1-4)"
            kill -TERM "$server"
            wait "$server"
            """
        let ended = try await Child.run("bash", "-c", script, "test", tool(), directory.file("out"))
        #expect(ended.out == "302\nWeb Shop AKIA\n", "\(ended.err)")
        #expect(ended.code == 0)
    }

    @Test(
        "says what is wrong with its options",
        arguments: [
            (["run"], "There is no command"), (["agent"], "There is no command"),
            (["run", "--rtt", "fast", "--", "true"], "--rtt"),
            (["run", "--throttle-rate", "101", "--", "true"], "in percent"),
            (["run", "--accounts", "10001", "--", "true"], "up to 10000"),
            (["run", "--fault", "oidctoken=x", "--", "true"], "sign-in-page"),
            (["run", "--job-role", "owner", "--", "true"], "reader"),
        ])
    func usage(arguments: [String], text: String) async throws {
        let ended = try await Child.run([try tool()] + arguments)
        #expect(ended.code == 64)
        #expect(ended.err.contains(text))
    }

    @Test("leaves no directory behind") func traces() async throws {
        let ended = try await Child.run(
            tool(), "run", "--", "sh", "-c", #"dirname "$AWS_CA_BUNDLE"; echo "$AGENT_TEMPDIRECTORY""#)
        let paths = ended.out.split(separator: "\n")
        #expect(paths.count == 2)
        for path in paths { #expect(!FileManager.default.fileExists(atPath: String(path))) }
    }
}
