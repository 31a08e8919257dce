"""`rotate` against IAM, Secrets Manager and Systems Manager as others play them: moto and MiniStack, both checking
signatures and permissions. Azure DevOps is the sandbox of whoever starts this program: its environment, and $TRUST.

Two rotations in a row, a third, and the way back; boto3 then looks at keys, versions and labels, and at STS with what is
stored. The permissions that docs/rotate.md lists suffice, and each of them is used.

What cannot be had here, and is the sandbox's to test: both know nothing of a key's propagation; moto takes inactive keys,
looks at actions and not at resources, and asked for a value without a label gives the one from before AWSCURRENT was
moved; MiniStack never tells a last use, and lets two versions have AWSPENDING, see `World.unlabel`.

usage: rotate.py KEYLESS moto|ministack
Prints the id of the key that is stored at last, and the SHA-256 digest of its secret.
"""

import base64
import hashlib
import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

authority = os.environ.pop("AWS_CA_BUNDLE")
for name in [name for name in os.environ if name.startswith("AWS_") or name in ("TF_BUILD", "SYSTEM_ACCESSTOKEN")]:
    del os.environ[name]
os.environ.update(
    AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="eu-central-1",
    AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null")
# Calls that prepare the world come before moto checks signatures: three users, each with a key, two with a policy, a
# secret and a parameter.
PREPARING_CALLS = 10
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = str(PREPARING_CALLS)

import boto3  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402
from recorder import Recorder  # noqa: E402
from servers import SERVERS  # noqa: E402

USER, SECRET, PARAMETER, CONNECTION = "ci-deploy", "prod/ci-deploy", "/keyless/pat", "aws-prod"
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
# Whoever anybody is needs no permission at AWS; moto wants one.
IDENTITY = {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def documented(account):
    """What docs/rotate.md says is needed, in that account."""
    text = pathlib.Path(__file__).parents[3].joinpath("docs/rotate.md").read_text()
    policy = text.split("```json\n")[1].split("```")[0].replace("111122223333", account)
    return json.loads(policy)["Statement"]


class AzureDevOps:
    """The service connection, by the person with the PAT."""

    def __init__(self):
        self.token = os.environ.pop("AZURE_DEVOPS_EXT_PAT")
        self.context = ssl.create_default_context(cafile=authority)
        self.collection = os.environ["SYSTEM_COLLECTIONURI"]
        self.project = urllib.parse.quote(os.environ["SYSTEM_TEAMPROJECT"])

    def call(self, path, body=None):
        request = urllib.request.Request(
            f"{self.collection}{path}", method="GET" if body is None else "PUT",
            data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        credential = base64.b64encode(f":{self.token}".encode()).decode()
        request.add_header("Authorization", f"Basic {credential}")
        with urllib.request.urlopen(request, context=self.context) as answer:
            return json.load(answer)

    @property
    def connection(self):
        path = f"{self.project}/_apis/serviceendpoint/endpoints?endpointNames={CONNECTION}&api-version=7.1"
        return self.call(path)["value"][0]

    @property
    def key(self):
        return self.connection["authorization"]["parameters"]["username"]

    def put(self, key):
        connection = self.connection
        connection["authorization"]["parameters"].update(
            username=key["AccessKeyId"], password=key["SecretAccessKey"], sessionToken="")
        self.call(f"_apis/serviceendpoint/endpoints/{connection['id']}?api-version=7.1", connection)


class World:
    def __init__(self, endpoint, backend, token):
        self.endpoint = endpoint
        iam = boto3.client("iam", endpoint_url=endpoint)
        self.keys = {}
        for user in ("admin", "rotator", USER):
            user_arn = iam.create_user(UserName=user)["User"]["Arn"]
            self.keys[user] = iam.create_access_key(UserName=user)["AccessKey"]
        iam.put_user_policy(UserName="admin", PolicyName="all", PolicyDocument=document(ALL))
        self.documented = documented(user_arn.split(":")[4])
        statements = self.documented
        if backend == "moto":
            statements = [dict(statement, Resource="*") for statement in statements]
        iam.put_user_policy(UserName="rotator", PolicyName="rotate", PolicyDocument=document(*statements, IDENTITY))
        boto3.client("secretsmanager", endpoint_url=endpoint).create_secret(
            Name=SECRET, SecretString=json.dumps({
                "AWS_ACCESS_KEY_ID": self.keys[USER]["AccessKeyId"],
                "AWS_SECRET_ACCESS_KEY": self.keys[USER]["SecretAccessKey"], "region": "eu-west-1"}))
        boto3.client("ssm", endpoint_url=endpoint).put_parameter(Name=PARAMETER, Value=token, Type="SecureString")
        self.iam, self.secrets = self.client("iam", "admin"), self.client("secretsmanager", "admin")

    def client(self, service, user):
        return self.client_with(service, self.keys[user]["AccessKeyId"], self.keys[user]["SecretAccessKey"])

    def client_with(self, service, key, secret):
        return boto3.client(
            service, endpoint_url=self.endpoint, aws_access_key_id=key, aws_secret_access_key=secret)

    @property
    def statuses(self):
        """The user's keys, in the order of their creation."""
        keys = self.iam.list_access_keys(UserName=USER)["AccessKeyMetadata"]
        return {key["AccessKeyId"]: key["Status"] for key in sorted(keys, key=lambda key: key["CreateDate"])}

    def unlabel(self, action):
        """Before a version is put as AWSPENDING, the label goes from the one that has it, as it does at AWS."""
        if action != "PutSecretValue":
            return
        for version, stages in self.secrets.describe_secret(SecretId=SECRET)["VersionIdsToStages"].items():
            if "AWSPENDING" in stages:
                self.secrets.update_secret_version_stage(
                    SecretId=SECRET, VersionStage="AWSPENDING", RemoveFromVersionId=version)

    def stored(self, stage):
        """The value with that label."""
        return json.loads(self.secrets.get_secret_value(SecretId=SECRET, VersionStage=stage)["SecretString"])

    @property
    def stages(self):
        versions = self.secrets.describe_secret(SecretId=SECRET)["VersionIdsToStages"]
        return sorted(stage for stages in versions.values() for stage in stages)


class Test:
    def __init__(self, keyless, world, recorder, azure, backend):
        self.keyless, self.world, self.recorder, self.azure, self.backend = keyless, world, recorder, azure, backend
        address = f"localhost:{recorder.server_address[1]}"
        self.environment = dict(
            os.environ, AWS_ACCESS_KEY_ID=world.keys["rotator"]["AccessKeyId"],
            AWS_SECRET_ACCESS_KEY=world.keys["rotator"]["SecretAccessKey"])
        for service in ("STS", "IAM", "SECRETS_MANAGER", "SSM"):
            self.environment[f"AWS_ENDPOINT_URL_{service}"] = f"http://{address}"
        self.common = [
            *os.environ["TRUST"].split(), "--trusted-host", address, "--ca-bundle", authority, "--user-name", USER,
            "--secret-id", SECRET, "--service-connection", CONNECTION, "--accepted-over", "100ms"]

    def run(self, *arguments, code=0):
        """Runs rotate, and looks for secrets in what it prints."""
        result = subprocess.run(
            [self.keyless, "rotate", *self.common, *arguments], env=self.environment, capture_output=True, text=True,
            timeout=90)
        output = result.stdout + result.stderr
        assert result.returncode == code, f"{arguments}: {result.returncode}\n{output}"
        secrets = [self.azure.token, *(key["SecretAccessKey"] for key in self.world.keys.values())]
        secrets += [value for name, value in self.world.stored("AWSCURRENT").items() if "SECRET" in name]
        assert not any(secret in output for secret in secrets), "a secret was printed"
        return output

    def check(self, expected, previous):
        """Keys are as expected; the connection has the active one, and so has the secret, which works at STS."""
        statuses = self.world.statuses
        assert list(statuses.values()) == expected, statuses
        key = next(key for key, status in statuses.items() if status == "Active")
        assert self.azure.key == key, (self.azure.key, statuses)
        assert self.world.stages == ["AWSCURRENT", "AWSPREVIOUS"], self.world.stages
        value = self.world.stored("AWSCURRENT")
        assert value["AWS_ACCESS_KEY_ID"] == key and value["region"] == "eu-west-1", value.keys()
        assert self.world.stored("AWSPREVIOUS")["AWS_ACCESS_KEY_ID"] == previous, previous
        sts = self.world.client_with("sts", key, value["AWS_SECRET_ACCESS_KEY"])
        # IAM tells times in seconds, and a use in the one in which the next key is created counts against the old one.
        second = int(time.time())
        arn = sts.get_caller_identity()["Arn"]
        assert arn.endswith(f":user/{USER}"), arn
        while int(time.time()) == second:
            time.sleep(0.01)
        return key, value["AWS_SECRET_ACCESS_KEY"]

    def refuses(self, key, secret):
        """The key is inactive, which moto does not mind."""
        try:
            self.world.client_with("sts", key, secret).get_caller_identity()
        except ClientError as error:
            assert error.response["Error"]["Code"] == "InvalidClientTokenId", error
        else:
            assert self.backend == "moto", "an inactive key was taken"

    def all(self):
        first = self.world.keys[USER]["AccessKeyId"]
        with tempfile.TemporaryDirectory() as directory:
            path = f"{directory}/pat"
            pathlib.Path(path).write_text(self.azure.token)
            before = self.world.statuses
            self.run("--dry-run", "--pat-file", path)
            self.run("--check", "--pat-file", path, code=76)
            assert self.world.statuses == before and self.azure.key == first
            self.run("--yes", "--grace", "1s", "--wait", "--pat-parameter", PARAMETER)
            second, _ = self.check(["Active"], first)
            assert second != first
            self.run("--yes", "--grace", "1s", "--wait", "--pat-file", path)
            third, _ = self.check(["Active"], second)
            output = self.run("--yes", "--rollback", "--pat-file", path, code=65)
            assert "no earlier key to go back to" in output, output
            self.run("--yes", "--pat-file", path)
            fourth, secret = self.check(["Inactive", "Active"], third)
            self.run("--yes", "--rollback", "--pat-file", path)
            self.refuses(fourth, secret)
            key, secret = self.check(["Active", "Inactive"], fourth)
            assert key == third, (key, third)
        used = set(self.recorder.actions) - {"GetCallerIdentity"}
        listed = {action.split(":")[1] for statement in self.world.documented for action in statement["Action"]}
        assert used == listed, used ^ listed
        return key, secret


def main(keyless, backend):
    azure = AzureDevOps()
    os.environ["AUTH"] = "true"  # for MiniStack
    with SERVERS[backend]() as (host, port):
        world = World(f"http://{host}:{port}", backend, azure.token)
        azure.put(world.keys[USER])
        recorder = Recorder((host, port), before=world.unlabel if backend == "ministack" else None)
        try:
            key, secret = Test(keyless, world, recorder, azure, backend).all()
        finally:
            recorder.shutdown()
    print(key, hashlib.sha256(secret.encode()).hexdigest())


main(*sys.argv[1:])
