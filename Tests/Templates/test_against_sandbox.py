"""The scheduled templates with the real `keyless`: Azure DevOps, STS and IAM are the sandbox, Secrets Manager and
Systems Manager are moto."""

import base64
import datetime
import json
import os
import pathlib
import re
import shlex
import signal
import ssl
import subprocess
import urllib.parse
import urllib.request

import boto3
import moto.server
import pytest
from moto.moto_api import recorder

from support import ROOT, bash_step, run

# Where `swift build` leaves the programs.
PROGRAMS = pathlib.Path(os.environ.get("KEYLESS_TEST_PROGRAMS", ROOT / ".build" / "debug"))
REGION = "eu-central-1"
ROLE = "arn:aws:iam::111122223333:role/scheduled"
VSTOKEN = "vstoken.dev.azure.com"

# Writes down what it was started with, a file each time, and becomes keyless.
WRAPPER = """#!/bin/sh
record=$(mktemp -d '{records}/XXXXXX')
printf '%s\\0' "$@" >"$record/arguments"
env -0 >"$record/environment"
exec '{keyless}' "$@"
"""


class Cloud:
    """A sandbox, a moto, and a job of the sandbox."""

    def __init__(self, directory, options):
        keyless, sandbox = PROGRAMS / "keyless", PROGRAMS / "keyless-sandbox"
        assert keyless.exists() and sandbox.exists(), f"nothing is built in {PROGRAMS}: swift build"
        self.directory, self.records = directory, directory / "records"
        self.records.mkdir()
        (directory / "bin").mkdir()
        wrapper = directory / "bin" / "keyless"
        wrapper.write_text(WRAPPER.format(records=self.records, keyless=keyless))
        wrapper.chmod(0o755)

        self.moto = moto.server.ThreadedMotoServer("127.0.0.1", 0)
        self.moto.start()
        host, port = self.moto.get_host_and_port()
        self.moto_host, self.moto_url = f"{host}:{port}", f"http://{host}:{port}"
        urllib.request.urlopen(urllib.request.Request(f"{self.moto_url}/moto-api/reset", method="POST")).close()

        self.log = directory / "requests"
        self.sandbox = subprocess.Popen(
            [sandbox, "serve", "--administrator", "--issuer-proxy", "--log", self.log, *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.job = {}
        while "KEYLESS_SANDBOX_ARGS" not in self.job:
            line = self.sandbox.stdout.readline()
            assert line, "the sandbox did not start"
            [(name, value)] = [word.split("=", 1) for word in shlex.split(line)[1:]]
            self.job[name] = value
        self.take_what_is_not_the_jobs()
        self.make_role()
        self.began = datetime.datetime.now(datetime.timezone.utc)

    def take_what_is_not_the_jobs(self):
        self.trust = shlex.split(self.job.pop("KEYLESS_SANDBOX_ARGS"))
        self.hosts = [value for option, value in zip(self.trust, self.trust[1:]) if option == "--trusted-host"]
        self.authority = self.job.pop("AWS_CA_BUNDLE")
        self.key = {
            "aws_access_key_id": self.job.pop("AWS_ACCESS_KEY_ID"),
            "aws_secret_access_key": self.job.pop("AWS_SECRET_ACCESS_KEY"),
        }
        self.personal_access_token = self.job.pop("AZURE_DEVOPS_EXT_PAT")
        self.job.pop("AWS_ROLE_ARN")
        self.job["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = self.job["AWS_ENDPOINT_URL_SSM"] = self.moto_url

    def make_role(self):
        """As the documentation says, but that the sandbox knows no other policy that allows something."""
        administrator = {
            "AWS_ACCESS_KEY_ID": self.key["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self.key["aws_secret_access_key"],
        }
        subprocess.run(
            [PROGRAMS / "keyless", "setup-provider", "--organization", "contoso", "--project", "Web Shop",
             "--organization-id", self.job["SYSTEM_COLLECTIONID"], "--pipeline", self.job["BUILD_DEFINITIONNAME"],
             "--service-connection-name", "aws-test",
             "--role-name", "scheduled", "--policy-arn", "arn:aws:iam::aws:policy/AdministratorAccess",
             "--offline", "--yes", "--quiet", *self.trust],
            env={**self.job, **administrator}, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip

    def stop(self):
        self.sandbox.send_signal(signal.SIGINT)
        self.sandbox.wait(timeout=30)
        self.sandbox.stdout.close()
        self.moto.stop()

    # What is in the services

    def client(self, service, **options):
        return boto3.client(service, **self.key, **{"region_name": REGION, **options})

    @property
    def iam(self):
        url = self.job["AWS_ENDPOINT_URL_IAM"]
        return self.client("iam", endpoint_url=url, verify=self.authority, region_name="us-east-1")

    @property
    def secrets(self):
        return self.client("secretsmanager", endpoint_url=self.moto_url)

    @property
    def parameters(self):
        return self.client("ssm", endpoint_url=self.moto_url)

    def keys(self, user):
        """The user's keys, the oldest first: whether each is active."""
        keys = self.iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
        return {key["AccessKeyId"]: key["Status"] for key in sorted(keys, key=lambda key: key["CreateDate"])}

    def connection_key(self, name):
        project = urllib.parse.quote(self.job["SYSTEM_TEAMPROJECT"])
        url = f"{self.job['SYSTEM_COLLECTIONURI']}{project}/_apis/serviceendpoint/endpoints"
        # The job itself may not be allowed to see it.
        credential = base64.b64encode(f":{self.personal_access_token}".encode()).decode()
        request = urllib.request.Request(
            f"{url}?endpointNames={name}&api-version=7.1", headers={"Authorization": f"Basic {credential}"}
        )
        trust = ssl.create_default_context(cafile=self.authority)
        with urllib.request.urlopen(request, context=trust) as answer:
            [connection] = json.load(answer)["value"]
        return connection["authorization"]["parameters"]["username"]

    def stored_key(self, secret):
        # Without the label moto answers with another version.
        value = self.secrets.get_secret_value(SecretId=secret, VersionStage="AWSCURRENT")
        return json.loads(value["SecretString"])

    def thumbprints(self, host):
        """Of the provider whose issuer is on this host."""
        arns = [provider["Arn"] for provider in self.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
        [arn] = [arn for arn in arns if f"oidc-provider/{host}/" in arn]
        return self.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"]

    def called(self):
        """What the templates called of IAM, Secrets Manager and Systems Manager, as policies name it."""
        calls = set()
        for line in self.log.read_text().splitlines():
            request = json.loads(line)
            is_iam = ["Version", "2010-05-08"] in request["parameters"]
            is_keyless = "keyless/" in dict(request["fields"]).get("User-Agent", "")
            # Making the role was not the templates' doing.
            if is_iam and is_keyless and datetime.datetime.fromisoformat(request["time"]) > self.began:
                calls.add(f"iam:{request['operation']}")
        for line in recorder.download_recording().splitlines():
            headers = json.loads(line)["headers"]
            if "keyless/" in headers["User-Agent"]:
                service, operation = headers["X-Amz-Target"].split(".")
                calls.add(f"{'ssm' if service == 'AmazonSSM' else service}:{operation}")
        return calls

    def token_requests(self):
        """The query of each request for a token."""
        requests = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [dict(request["query"]) for request in requests if request["operation"] == "oidctoken"]

    # The job

    def run(self, name, **given):
        return run(
            bash_step(name, roleArn=ROLE, trustedHosts="\n".join([*self.hosts, self.moto_host]), **given),
            self.job,
            f"{self.directory / 'bin'}:{os.environ['PATH']}",
            self.directory,
        )

    def rotate(self, **given):
        # Ten seconds of looking whether AWS has got to know the new key are too many here.
        return self.run(
            "rotate-access-key.yml", caBundle=self.authority, extraArguments="--accepted-over 50ms", **given
        )

    def refresh(self, **given):
        return self.run(
            "refresh-thumbprints.yml", caBundle=self.authority, execArguments=f"--ca-bundle {self.authority}", **given
        )

    def started(self, command):
        """The environments that this command of keyless was started with."""
        records = [record for record in self.records.iterdir() if self.words(record, "arguments")[0] == command]
        return [dict(word.split("=", 1) for word in self.words(record, "environment")) for record in records]

    def words(self, record, file):
        return (record / file).read_text().split("\0")[:-1]

    def every_argument(self):
        return [word for record in self.records.iterdir() for word in self.words(record, "arguments")]


@pytest.fixture
def cloud(request, tmp_path):
    """Its sandbox is started with the options that the test is parametrised by."""
    cloud = Cloud(tmp_path, getattr(request, "param", []))
    yield cloud
    cloud.stop()


def succeeded(result):
    assert result.returncode == 0, result.stdout + result.stderr


CI_DEPLOY = {"userName": "ci-deploy", "secretId": "prod/ci-deploy", "serviceConnection": "aws-prod"}


@pytest.mark.parametrize("cloud", [["--job-role", "reader"]], indirect=True)
def test_rotates_with_a_token_out_of_systems_manager(cloud):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    cloud.parameters.put_parameter(Name="/keyless/pat", Type="SecureString", Value=cloud.personal_access_token)
    old = cloud.connection_key("aws-prod")

    result = cloud.rotate(**CI_DEPLOY, patParameter="/keyless/pat")

    succeeded(result)
    stored = cloud.stored_key("prod/ci-deploy")
    new = cloud.connection_key("aws-prod")
    assert new == stored["AccessKeyId"] != old
    assert cloud.keys("ci-deploy") == {old: "Inactive", new: "Active"}

    # Nobody else gets to know a secret: no list of processes, no log, no later step.
    [session] = cloud.started("rotate")
    secrets = [
        cloud.personal_access_token, cloud.job["SYSTEM_ACCESSTOKEN"], stored["SecretAccessKey"],
        session["AWS_SECRET_ACCESS_KEY"], session["AWS_SESSION_TOKEN"],
    ]  # fmt: skip
    assert all(secrets)
    for secret in secrets:
        assert not [word for word in cloud.every_argument() if secret in word]
        assert secret not in result.stdout + result.stderr
    assert "task.setvariable" not in result.stdout + result.stderr


@pytest.mark.parametrize("cloud", [["--job-role", "reader"]], indirect=True)
def test_without_such_a_token_the_job_has_to_be_an_administrator_of_the_connection(cloud):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    old = cloud.connection_key("aws-prod")
    result = cloud.rotate(**CI_DEPLOY)
    assert result.returncode == 77, result.stdout + result.stderr
    assert cloud.keys("ci-deploy") == {old: "Active"}


def test_rotates_with_the_jobs_own_token(cloud):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    old = cloud.connection_key("aws-prod")
    succeeded(cloud.rotate(**CI_DEPLOY))
    assert cloud.connection_key("aws-prod") == cloud.stored_key("prod/ci-deploy")["AccessKeyId"] != old


@pytest.mark.parametrize("given", [{}, {"identityConnection": "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0013"}])
def test_the_identity_is_the_pipelines_or_a_connections_which_is_not_the_rotated_one(cloud, given):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    succeeded(cloud.rotate(**CI_DEPLOY, **given, dryRun="True"))
    [request] = cloud.token_requests()
    assert request.get("serviceConnectionId") == given.get("identityConnection")


def test_only_shows_what_it_would_do(cloud):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    old = cloud.connection_key("aws-prod")
    result = cloud.rotate(**CI_DEPLOY, dryRun="True")
    succeeded(result)
    assert "create an access key of ci-deploy" in result.stdout
    assert cloud.keys("ci-deploy") == {old: "Active"}


def test_rotates_all_of_a_file_whose_name_has_a_space(cloud):
    entries = [
        {"userName": "ci-deploy", "secretId": "prod/ci-deploy", "serviceConnection": "aws-prod"},
        {"userName": "ci-shared", "secretId": "prod/ci-shared", "serviceConnection": "aws-shared"},
    ]
    (cloud.directory / "our keys.json").write_text(json.dumps({"rotations": entries}))
    for entry in entries:
        cloud.secrets.create_secret(Name=entry["secretId"])
    succeeded(cloud.rotate(rotationsFile="our keys.json"))
    for entry in entries:
        stored = cloud.stored_key(entry["secretId"])["AccessKeyId"]
        assert cloud.connection_key(entry["serviceConnection"]) == stored
        assert list(cloud.keys(entry["userName"]).values()) == ["Inactive", "Active"]


@pytest.mark.parametrize("cloud", [["--fault", "UpdateAccessKey=AccessDenied"]], indirect=True)
def test_a_rotation_that_stops_half_way_fails_the_run_and_the_next_one_goes_on(cloud):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    old = cloud.connection_key("aws-prod")
    result = cloud.rotate(**CI_DEPLOY)
    assert result.returncode == 79, result.stdout + result.stderr
    assert len(cloud.started("rotate")) == 1
    new = cloud.connection_key("aws-prod")
    assert cloud.keys("ci-deploy") == {old: "Active", new: "Active"}

    succeeded(cloud.rotate(**CI_DEPLOY))
    assert cloud.keys("ci-deploy") == {old: "Inactive", new: "Active"}
    assert cloud.connection_key("aws-prod") == new


def test_a_parameter_that_is_missing_fails_the_run_and_changes_nothing(cloud):
    old = cloud.connection_key("aws-prod")
    result = cloud.rotate(userName="ci-deploy", serviceConnection="aws-prod")
    assert result.returncode == 64
    assert "--secret-id is missing" in result.stderr
    assert cloud.keys("ci-deploy") == {old: "Active"}


def test_reports_thumbprints_then_refreshes_those_that_were_asked_for(cloud):
    others = cloud.thumbprints("login.microsoftonline.com")
    outdated = cloud.thumbprints(VSTOKEN)

    report = cloud.refresh(issuerHosts=VSTOKEN, check="True")
    assert report.returncode == 76, report.stdout + report.stderr
    assert cloud.thumbprints(VSTOKEN) == outdated

    succeeded(cloud.refresh(issuerHosts=VSTOKEN))
    assert cloud.thumbprints(VSTOKEN) != outdated
    assert cloud.thumbprints("login.microsoftonline.com") == others

    succeeded(cloud.refresh(issuerHosts=VSTOKEN, check="True"))


def test_only_the_exchange_is_given_the_agents_token(cloud):
    succeeded(cloud.refresh())
    [session] = cloud.started("refresh-thumbprints")
    assert "SYSTEM_ACCESSTOKEN" not in session
    [exchange] = cloud.started("exec")
    assert exchange["SYSTEM_ACCESSTOKEN"] == cloud.job["SYSTEM_ACCESSTOKEN"]


# The documentation


def documented_actions(heading):
    """What the policy under this heading of the templates' page allows."""
    page = (ROOT / "pipeline-templates" / "README.md").read_text()
    policy = json.loads(re.search(r"```json\n(.*?)```", page.split(heading)[1], re.DOTALL)[1])
    actions = [statement["Action"] for statement in policy["Statement"]]
    return {action for group in actions for action in ([group] if isinstance(group, str) else group)}


@pytest.fixture
def recording(tmp_path, monkeypatch):
    monkeypatch.setattr(recorder, "_location", str(tmp_path / "recording"))
    recorder.start_recording()
    yield
    recorder.stop_recording()


def test_the_documented_policy_of_a_rotation_allows_what_is_called_and_nothing_else(recording, cloud):
    cloud.secrets.create_secret(Name="prod/ci-deploy")
    cloud.parameters.put_parameter(Name="/keyless/pat", Type="SecureString", Value=cloud.personal_access_token)
    succeeded(cloud.rotate(**CI_DEPLOY, patParameter="/keyless/pat"))
    # The old key goes at once.
    arguments = "--accepted-over 50ms --replace-inactive"
    succeeded(
        cloud.run("rotate-access-key.yml", caBundle=cloud.authority, **CI_DEPLOY, extraArguments=arguments)
    )
    assert cloud.called() == documented_actions("### What a rotation needs")


def test_the_documented_policy_for_thumbprints_allows_what_is_called_and_nothing_else(recording, cloud):
    succeeded(cloud.refresh())
    assert cloud.called() == documented_actions("### What refreshing thumbprints needs")
