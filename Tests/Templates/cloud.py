"""Azure DevOps and AWS for the templates: Azure DevOps, STS and IAM are the sandbox, Secrets Manager and Systems Manager
are moto. The `keyless` is the real one."""

import base64
import datetime
import json
import os
import shlex
import ssl
import subprocess
import urllib.parse
import urllib.request

import boto3
import moto.server
from moto.moto_api import recorder

from job import PROGRAMS, start_sandbox, stop_sandbox
from support import bash_step, run

REGION = "eu-central-1"
ROLE = "arn:aws:iam::111122223333:role/scheduled"

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
        self.directory, self.records = directory, directory / "records"
        self.records.mkdir()
        (directory / "bin").mkdir()
        wrapper = directory / "bin" / "keyless"
        wrapper.write_text(WRAPPER.format(records=self.records, keyless=PROGRAMS / "keyless"))
        wrapper.chmod(0o755)

        self.moto = moto.server.ThreadedMotoServer("127.0.0.1", 0)
        self.moto.start()
        host, port = self.moto.get_host_and_port()
        self.moto_host, self.moto_url = f"{host}:{port}", f"http://{host}:{port}"
        urllib.request.urlopen(urllib.request.Request(f"{self.moto_url}/moto-api/reset", method="POST")).close()

        self.log = directory / "requests"
        self.sandbox, self.job = start_sandbox("--administrator", "--issuer-proxy", "--log", self.log, *options)
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
        stop_sandbox(self.sandbox)
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
