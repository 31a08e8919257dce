"""The scheduled templates with the real `keyless`, against stand-ins for Azure DevOps and AWS."""

import json
import re

import pytest
from moto.moto_api import recorder

from cloud import Cloud
from support import ROOT

VSTOKEN = "vstoken.dev.azure.com"


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
