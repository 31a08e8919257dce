"""example-terraform.yml: its configuration, and its steps in a job of the sandbox."""

import json
import shlex
import shutil
import subprocess
import sys
import urllib.request

import boto3
import moto.server
import pytest
from moto.moto_api import recorder

import terraform
from job import PROGRAMS, Job
from support import ROOT, bash_step, template

TEMPLATES = ROOT / "pipeline-templates"
EXAMPLE = TEMPLATES / "terraform"
PROFILES = "keyless assume --profiles-file"
SERVED = "arn:aws:iam::111122223333:role/deploy"
# The accounts of the example are not those of the sandbox.
ROLES = {"dev": "arn:aws:iam::111122223333:role/deploy", "prod": "arn:aws:iam::111122223333:role/read-only"}


# The configuration


def test_the_backend_and_the_default_provider_name_no_credentials():
    configuration = terraform.Configuration(EXAMPLE)
    assert configuration.backend.keys() == {"bucket", "key", "region", "use_lockfile"}
    assert configuration.providers["aws"].keys() == {"region", "allowed_account_ids"}


def test_each_other_provider_has_a_profile_of_its_account():
    profiles = json.loads((EXAMPLE / "profiles.json").read_text())["profiles"]
    providers = terraform.Configuration(EXAMPLE).providers
    assert providers.keys() == {"aws", *profiles}
    for alias, profile in profiles.items():
        assert providers[alias].keys() == {"alias", "profile", "region", "allowed_account_ids"}
        assert providers[alias]["profile"] == alias
        assert providers[alias]["region"] == profile["region"]
        assert providers[alias]["allowed_account_ids"] == [profile["roleArn"].split(":")[4]]


def test_something_is_made_in_each_account():
    configuration = terraform.Configuration(EXAMPLE)
    used = {resource.get("provider", "${aws}") for resource in configuration.resources}
    assert used == {"${aws}"} | {f"${{aws.{alias}}}" for alias in configuration.providers if alias != "aws"}


@pytest.mark.parametrize("path", sorted(EXAMPLE.glob("*.tf")), ids=lambda path: path.name)
def test_the_files_are_formatted(path, tmp_path):
    # Packer's language is Terraform's, and Packer is in Debian.
    copy = tmp_path / "example.pkr.hcl"
    shutil.copy(path, copy)
    result = subprocess.run(
        ["packer", "fmt", "-check", "-diff", copy], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_agents_token_goes_to_the_steps_that_need_it():
    for step in template("example-terraform.yml")["steps"]:
        if "bash" in step:
            assert ("SYSTEM_ACCESSTOKEN" in step.get("env", {})) == ("terraform init" not in step["bash"])


# The steps


class Example(Job):
    """The example's job, in a copy of its repository."""

    def __init__(self, directory):
        super().__init__(directory)
        self.repository = directory / "repository" / TEMPLATES.name
        self.variables["SYSTEM_DEFAULTWORKINGDIRECTORY"] = str(self.repository.parent)
        self.region = self.variables["AWS_REGION"]
        # No other credentials, and no look-up of newer versions.
        self.variables |= {"AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1"}
        (self.repository / "terraform").mkdir(parents=True)

    def take(self, *names):
        for name in names:
            shutil.copy(EXAMPLE / name, self.repository / "terraform")

    def steps(self):
        """Those that run, with the sandbox's role and region."""
        for step in template("example-terraform.yml")["steps"]:
            if "bash" in step:
                yield step
            elif step["template"] == "serve.yml":
                given = step["parameters"]
                if "roleArn" in given:
                    given = {**given, "roleArn": SERVED, "region": self.region, "extraArguments": "--until 2m"}
                yield bash_step("serve.yml", **given)

    def follow(self, steps):
        """Runs them all; what each wrote, by its name."""
        written = {}
        for step in steps:
            result = self.run(step, self.macros(step.get("workingDirectory", str(self.directory))))
            assert result.returncode == 0, step["displayName"] + "\n" + result.stdout + result.stderr
            written[step["displayName"]] = result.stdout
        assert not [name for name in self.temporary_files() if name.startswith("keyless-serve.")]
        return written


@pytest.fixture
def example(tmp_path):
    example = Example(tmp_path)
    yield example
    example.end()


def test_the_providers_of_each_account_have_the_role_of_its_profile(example):
    example.take(*(path.name for path in EXAMPLE.glob("*.tf")))
    profiles = json.loads((EXAMPLE / "profiles.json").read_text())
    for name, role in ROLES.items():
        profiles["profiles"][name] = {"roleArn": role, "region": example.region}
    (example.repository / "terraform" / "profiles.json").write_text(json.dumps(profiles))
    program = example.directory / "bin" / "terraform"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(terraform.__file__)} "$@"\n')
    program.chmod(0o755)

    written = example.follow(list(example.steps()))

    expected = {
        "backend": ("container-role", SERVED),
        "aws": ("container-role", SERVED),
        "dev": ("custom-process", ROLES["dev"]),
        "prod": ("custom-process", ROLES["prod"]),
    }
    for name, who in {"Initialise": ["backend"], "Plan": list(expected), "Apply": list(expected)}.items():
        lines = [line.split() for line in written[name].splitlines()]
        assert [line[0] for line in lines] == who
        for alias, method, arn in lines:
            assert method == expected[alias][0]
            assert f":assumed-role/{expected[alias][1].split('/')[1]}/" in arn


@pytest.fixture
def bucket(example, tmp_path, monkeypatch):
    """The bucket of the state, by moto, which writes down what it is asked."""
    monkeypatch.setattr(recorder, "_location", str(tmp_path / "recording"))
    server = moto.server.ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{url}/moto-api/reset", method="POST")).close()
    backend = terraform.Configuration(EXAMPLE).backend
    resource = boto3.resource(
        "s3", endpoint_url=url, region_name=backend["region"], aws_access_key_id="any", aws_secret_access_key="any"
    )
    bucket = resource.create_bucket(
        Bucket=backend["bucket"], CreateBucketConfiguration={"LocationConstraint": backend["region"]}
    )
    example.variables["AWS_ENDPOINT_URL_S3"] = url
    # The sandbox's STS is in one region.
    settings = {"use_path_style": "true", "sts_region": example.region}
    example.variables["TF_CLI_ARGS_init"] = " ".join(f"-backend-config={key}={it}" for key, it in settings.items())
    recorder.start_recording()
    yield bucket
    recorder.stop_recording()
    server.stop()


@pytest.mark.skipif(not shutil.which("terraform"), reason="Terraform is not installed")
def test_terraforms_own_backend_takes_the_endpoint(example, bucket):
    example.take("backend.tf")
    # Of all resources only this one needs no provider from a registry.
    (example.repository / "terraform" / "main.tf").write_text(
        'variable "release" {}\nresource "terraform_data" "release" {\n  input = var.release\n}\n'
    )
    example.follow([step for step in example.steps() if PROFILES not in step["bash"]])

    [state] = bucket.objects.all()
    assert state.key == terraform.Configuration(EXAMPLE).backend["key"]
    assert example.variables["BUILD_BUILDNUMBER"] in state.get()["Body"].read().decode()
    asked = [json.loads(line)["headers"] for line in recorder.download_recording().splitlines()]
    by_terraform = [headers["Authorization"] for headers in asked if "Terraform" in headers["User-Agent"]]
    # A session's key.
    assert by_terraform and all("Credential=ASIA" in authorization for authorization in by_terraform)
