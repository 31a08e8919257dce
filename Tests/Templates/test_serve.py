"""serve.yml with the real `keyless`, in a job of the sandbox."""

import urllib.error
import urllib.request

import pytest

from job import Job
from support import bash_step

DEPLOY = "arn:aws:iam::111122223333:role/deploy"
READ_ONLY = "arn:aws:iam::111122223333:role/read-only"
STRANGER = "arn:aws:iam::111122223333:role/stranger"


@pytest.fixture
def job(tmp_path):
    job = Job(tmp_path)
    yield job
    job.end()


def start(job, **given):
    # Nothing goes on for long where a test does not come to its end.
    return job.run(bash_step("serve.yml", extraArguments="--until 2m", **given))


def stop(job):
    return job.run(bash_step("serve.yml", operation="stop"))


def is_of(role, arn):
    return arn.startswith(role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/")


def test_later_steps_have_credentials_until_it_is_stopped(job):
    result = start(job, roleArn=DEPLOY, region="eu-central-1")
    assert result.returncode == 0, result.stderr
    assert job.variables["AWS_REGION"] == "eu-central-1"
    method, arn = job.identity()
    assert method == "container-role" and is_of(DEPLOY, arn)

    address = job.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
    result = stop(job)
    assert result.returncode == 0 and "ended the endpoint of process" in result.stderr, result.stderr
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(address)
    assert job.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] == ""
    assert job.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] == ""
    assert job.temporary_files() == []


def test_no_later_step_is_shown_a_secret(job):
    result = start(job, roleArn=DEPLOY)
    with open(job.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]) as file:
        token = file.read()
    assert token not in result.stdout + result.stderr
    assert token not in job.variables.values()
    assert not job.variables.keys() & {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}


def test_a_step_chooses_among_several_roles(job):
    result = start(job, roleArn=DEPLOY, roles=f"audit.team={READ_ONLY}\n  also={DEPLOY}\n")
    assert result.returncode == 0, result.stderr
    assert is_of(DEPLOY, job.identity()[1])
    for name, role in [("AUDIT_TEAM", READ_ONLY), ("ALSO", DEPLOY)]:
        env = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"$(KEYLESS_ROLE_URI_{name})"}
        assert is_of(role, job.identity(env)[1])


def test_the_first_of_several_roles_is_found_where_no_other_was_named(job):
    assert start(job, roles=f"audit={READ_ONLY} deploy={DEPLOY}").returncode == 0
    assert is_of(READ_ONLY, job.identity()[1])


def test_the_role_can_be_the_connections(job):
    connection = "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0010"
    result = start(job, roleArn=DEPLOY, serviceConnection=connection, duration="15m")
    assert result.returncode == 0, result.stderr
    assert is_of(DEPLOY, job.identity()[1])


@pytest.mark.parametrize(
    "given, code",
    [({"roleArn": STRANGER}, 77), ({}, 78), ({"roleArn": DEPLOY, "roles": "name-without-arn"}, 64)],
)
def test_a_start_that_is_refused_fails_the_step_and_stopping_is_harmless(job, given, code):
    result = start(job, **given)
    assert result.returncode == code, result.stderr
    assert "AWS_CONTAINER_CREDENTIALS_FULL_URI" not in job.variables
    assert job.temporary_files() == []
    result = stop(job)
    assert result.returncode == 0 and "no endpoint is running" in result.stderr


def test_stopping_twice_is_harmless(job):
    start(job, roleArn=DEPLOY)
    assert [stop(job).returncode, stop(job).returncode] == [0, 0]
