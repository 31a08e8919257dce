"""`setup-provider` against IAM as others play it: moto, with signatures checked, and MiniStack.

It creates, runs again without a write, puts every drift right, and removes; what others made stays. The permissions
that docs/setup-provider.md lists suffice.

usage: setup_provider.py KEYLESS moto|ministack
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_", "SYSTEM_")) or name == "TF_BUILD"]:
    del os.environ[name]
os.environ.update(
    AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null")
# Calls that prepare the world come before moto checks signatures: two users, each with a key and a policy, two managed
# policies, and what others have made already.
PREPARING_CALLS = 12
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = str(PREPARING_CALLS)

import boto3  # noqa: E402
from recorder import Recorder  # noqa: E402
from servers import SERVERS  # noqa: E402

ORGANIZATION = "0ca3ddd9-f0b0-4635-a98c-5866526961b6"
ISSUER = f"vstoken.dev.azure.com/{ORGANIZATION}"
# What an emulator lacks; the sandbox of this project has it.
LACKING = {
    "moto": ["AddClientIDToOpenIDConnectProvider"],
    "ministack": ["AddClientIDToOpenIDConnectProvider", "TagOpenIDConnectProvider"],
}
WRITES = ("Create", "Update", "Put", "Add", "Attach", "Tag", "Delete", "Remove", "Detach", "Untag")


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
THEIRS = {"Sid": "Theirs", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "sts:AssumeRole"}


def documented():
    """What docs/setup-provider.md says an administrator needs. moto looks at actions, and not at resources."""
    text = pathlib.Path(__file__).parents[3].joinpath("docs/setup-provider.md").read_text()
    policy = json.loads(text.split("```json\n")[1].split("```")[0])
    needs_no_permission = {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}
    return document(*(dict(statement, Resource="*") for statement in policy["Statement"]), needs_no_permission)


class World:
    def __init__(self, endpoint):
        first = boto3.client("iam", endpoint_url=endpoint)
        keys = {}
        for user, policy in (("admin", document(ALL)), ("setup", documented())):
            first.create_user(UserName=user)
            keys[user] = first.create_access_key(UserName=user)["AccessKey"]
            first.put_user_policy(UserName=user, PolicyName="all", PolicyDocument=policy)
        self.policies = [
            first.create_policy(PolicyName=name, PolicyDocument=document(ALL))["Policy"]["Arn"] for name in ("shop", "boundary")
        ]
        first.create_role(
            RoleName="adopted", AssumeRolePolicyDocument=document(THEIRS), Tags=[{"Key": "whose", "Value": "theirs"}])
        first.attach_role_policy(RoleName="adopted", PolicyArn=self.policies[1])
        first.put_role_policy(RoleName="adopted", PolicyName="theirs", PolicyDocument=document(ALL))
        first.list_roles()
        key = keys["admin"]
        credentials = dict(aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
        self.iam = boto3.client("iam", endpoint_url=endpoint, **credentials)
        key = keys["setup"]
        self.environment = dict(
            os.environ, AWS_ACCESS_KEY_ID=key["AccessKeyId"], AWS_SECRET_ACCESS_KEY=key["SecretAccessKey"])


class Test:
    def __init__(self, keyless, world, recorder, backend):
        self.backend = backend
        self.keyless, self.world, self.recorder, self.iam = keyless, world, recorder, world.iam
        address = f"localhost:{recorder.server_address[1]}"
        self.environment = dict(world.environment, AWS_ENDPOINT_URL=f"http://{address}")
        self.common = ["--trusted-host", address, "--organization-id", ORGANIZATION, "--organization", "contoso", "--offline"]
        self.provider_arn = f"arn:aws:iam::{world.policies[0].split(':')[4]}:oidc-provider/{ISSUER}"

    def run(self, *arguments, code=0):
        """Runs setup-provider; returns its output and the writes it made."""
        self.recorder.actions.clear()
        result = subprocess.run(
            [self.keyless, "setup-provider", *self.common, *arguments], env=self.environment, capture_output=True,
            text=True, timeout=60)
        assert result.returncode == code, f"{arguments}: {result.returncode}\n{result.stdout}\n{result.stderr}"
        secret = self.environment["AWS_SECRET_ACCESS_KEY"]
        assert secret not in result.stdout + result.stderr, "the secret key was printed"
        return result.stdout, [action for action in self.recorder.actions if action.startswith(WRITES)]

    def options(self, role):
        with open(self.policy_file, "w") as file:
            file.write(document({"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}))
        return [
            "--role-name", role, "--project", "Web Shop", "--service-connection-name", "aws-prod", "--policy-arn",
            self.world.policies[0], "--policy", self.policy_file, "--permissions-boundary", self.world.policies[1],
            "--max-session-duration", "2h", "--tag", "team=shop",
        ]

    def all(self):
        with tempfile.TemporaryDirectory() as directory:
            self.policy_file = f"{directory}/policy.json"
            self.creates()
            self.repairs()
            self.adopts()
            self.removes()

    def creates(self):
        options = self.options("deploy")
        if self.backend == "moto":
            right, self.environment["AWS_SECRET_ACCESS_KEY"] = self.environment["AWS_SECRET_ACCESS_KEY"], "wrong" * 8
            self.run(*options, "--yes", code=77)
            self.environment["AWS_SECRET_ACCESS_KEY"] = right
        _, writes = self.run(*options, "--dry-run")
        assert not writes, writes
        _, writes = self.run(*options, "--check", code=76)
        assert not writes, writes
        _, writes = self.run(*options, code=64)
        assert not writes, writes
        _, writes = self.run(*options, "--yes")
        assert writes == ["CreateOpenIDConnectProvider", "CreateRole", "AttachRolePolicy", "PutRolePolicy"], writes
        for more in (["--yes"], ["--check"], ["--yes", "--output", "json"]):
            _, writes = self.run(*options, *more)
            assert not writes, writes
        provider = self.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=self.provider_arn)
        assert provider["ClientIDList"] == ["api://AzureADTokenExchange"], provider
        assert {"Key": "team", "Value": "shop"} in provider["Tags"], provider
        role = self.iam.get_role(RoleName="deploy")["Role"]
        assert role["MaxSessionDuration"] == 7200, role
        assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == self.world.policies[1], role
        assert role["AssumeRolePolicyDocument"]["Statement"] == [
            {
                "Sid": "KeylessAzurePipelines", "Effect": "Allow", "Principal": {"Federated": self.provider_arn},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {"StringEquals": {
                    f"{ISSUER}:aud": "api://AzureADTokenExchange", f"{ISSUER}:sub": "sc://contoso/Web Shop/aws-prod"}},
            }
        ], role

    def repairs(self):
        iam, arn, options = self.iam, self.provider_arn, self.options("deploy")
        drifts = {
            "AddClientIDToOpenIDConnectProvider": lambda: (
                iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="other"),
                iam.remove_client_id_from_open_id_connect_provider(
                    OpenIDConnectProviderArn=arn, ClientID="api://AzureADTokenExchange")),
            "TagOpenIDConnectProvider": lambda: iam.untag_open_id_connect_provider(
                OpenIDConnectProviderArn=arn, TagKeys=["team"]),
            "UpdateAssumeRolePolicy": lambda: iam.update_assume_role_policy(
                RoleName="deploy", PolicyDocument=document(THEIRS)),
            "UpdateRole": lambda: iam.update_role(RoleName="deploy", MaxSessionDuration=3600),
            "PutRolePermissionsBoundary": lambda: iam.put_role_permissions_boundary(
                RoleName="deploy", PermissionsBoundary=self.world.policies[0]),
            "TagRole": lambda: iam.tag_role(RoleName="deploy", Tags=[{"Key": "team", "Value": "other"}]),
            "AttachRolePolicy": lambda: iam.detach_role_policy(RoleName="deploy", PolicyArn=self.world.policies[0]),
            "PutRolePolicy": lambda: iam.delete_role_policy(RoleName="deploy", PolicyName="keyless"),
        }
        for action, drift in drifts.items():
            if action in LACKING[self.backend]:
                continue
            drift()
            _, writes = self.run(*options, "--check", code=76)
            assert not writes, (action, writes)
            _, writes = self.run(*options, "--yes")
            assert writes == [action], (action, writes)
            self.run(*options, "--check")
        statements = iam.get_role(RoleName="deploy")["Role"]["AssumeRolePolicyDocument"]["Statement"]
        assert [statement["Sid"] for statement in statements] == ["Theirs", "KeylessAzurePipelines"], statements
        iam.update_assume_role_policy(
            RoleName="deploy", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements[1:]}))

    def adopts(self):
        options = ["--role-name", "adopted", "--subject", "p://contoso/Web Shop/*"]
        _, writes = self.run(*options, "--yes")
        assert writes == ["UpdateAssumeRolePolicy"], writes
        role = self.iam.get_role(RoleName="adopted")["Role"]
        assert role["AssumeRolePolicyDocument"]["Statement"][0] == THEIRS, role
        assert role["Tags"] == [{"Key": "whose", "Value": "theirs"}], role

    def removes(self):
        # The provider stays as long as another role trusts it.
        output, writes = self.run("--role-name", "deploy", "--remove", "--yes")
        assert writes == ["DetachRolePolicy", "DeleteRolePolicy", "DeleteRole"], writes
        assert "adopted trust it too" in output, output
        _, writes = self.run("--role-name", "adopted", "--remove", "--yes")
        assert writes == ["UpdateAssumeRolePolicy", "DeleteOpenIDConnectProvider"], writes
        role = self.iam.get_role(RoleName="adopted")["Role"]
        assert role["AssumeRolePolicyDocument"]["Statement"] == [THEIRS], role
        attached = self.iam.list_attached_role_policies(RoleName="adopted")["AttachedPolicies"]
        assert [policy["PolicyArn"] for policy in attached] == [self.world.policies[1]], attached
        assert self.iam.list_role_policies(RoleName="adopted")["PolicyNames"] == ["theirs"]
        _, writes = self.run("--role-name", "deploy", "--remove", "--yes")
        assert not writes, writes


def main(keyless, backend):
    with SERVERS[backend]() as (host, port):
        world = World(f"http://{host}:{port}")
        recorder = Recorder((host, port))
        try:
            Test(keyless, world, recorder, backend).all()
        finally:
            recorder.shutdown()


main(*sys.argv[1:])
