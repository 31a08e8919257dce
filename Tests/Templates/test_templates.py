"""The Azure Pipelines templates: their YAML against the official schema, their scripts by running them."""

import copy
import functools
import hashlib
import http.server
import io
import json
import pathlib
import platform
import subprocess
import tarfile
import threading

import jsonschema
import pytest

from support import IDENTITY, REQUIRED, TEMPLATES, arguments, bash_step, load, run, steps, template

SCHEMA = pathlib.Path(__file__).with_name("azure-pipelines-schema.json")


# The official schema


@functools.cache
def validator():
    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))


def is_valid(document):
    return validator().is_valid(document)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_validates_against_the_official_schema(path):
    assert is_valid(load(path))


def broken_key(document):
    document["steps"][-1]["dispalyName"] = document["steps"][-1].pop("displayName")


def broken_input(document):
    document["steps"][0]["inputs"]["serviceEndpiont"] = document["steps"][0]["inputs"].pop("serviceEndpoint")


def broken_environment(document):
    document["steps"][-1]["env"] = ["SYSTEM_ACCESSTOKEN"]


def broken_parameters(document):
    document["parameters"][0]["type"] = "sting"


@pytest.mark.parametrize("breakage", [broken_key, broken_input, broken_environment, broken_parameters])
@pytest.mark.parametrize("name", IDENTITY)
def test_a_slip_is_refused_by_the_schema(name, breakage):
    document = copy.deepcopy(template(name))
    breakage(document)
    assert not is_valid(document)


# What every template that asks for a token must do


@pytest.mark.parametrize("name", IDENTITY)
def test_maps_the_agents_secrets(name):
    env = bash_step(name, **REQUIRED[name])["env"]
    assert env["SYSTEM_ACCESSTOKEN"] == "$(System.AccessToken)"
    assert env["AGENT_PROXYPASSWORD"] == "$(Agent.ProxyPassword)"


@pytest.mark.parametrize("name", IDENTITY)
@pytest.mark.parametrize(
    "referenced_elsewhere, expected",
    [("false", "5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40"), ("true", "")],
)
def test_references_the_service_connection_in_a_task_that_never_runs(name, referenced_elsewhere, expected):
    connection = "5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40"
    given = {IDENTITY[name]: connection, "referencedElsewhere": referenced_elsewhere}
    reference = steps(name, **REQUIRED[name], **given)[0]
    assert reference["condition"] == "false"
    assert reference["inputs"]["serviceEndpoint"] == expected


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_parameters_reach_scripts_through_the_environment_only(path):
    for step in load(path).get("steps", []):
        # A value put into the script's text could end a quotation and run as code.
        assert "${{" not in step.get("bash", "")


def used_templates(example):
    """The steps of an example that are templates."""
    jobs = [job for stage in example["stages"] for job in stage["jobs"]] if "stages" in example else [example]
    return [step for job in jobs for step in job["steps"] if "template" in step]


@pytest.mark.parametrize(
    "name, templates",
    [
        ("example-azure-pipelines.yml", {"install.yml", "assume-role.yml", "exec.yml"}),
        ("example-terraform.yml", {"install.yml", "serve.yml"}),
        ("example-rotate-access-key.yml", {"install.yml", "rotate-access-key.yml"}),
        ("example-refresh-thumbprints.yml", {"install.yml", "refresh-thumbprints.yml"}),
    ],
)
def test_an_example_gives_only_parameters_that_the_templates_declare(name, templates):
    used = used_templates(template(name))
    assert {step["template"] for step in used} == templates
    for step in used:
        declared = template(step["template"])["parameters"]
        assert step["parameters"].keys() <= {parameter["name"] for parameter in declared}
        required = {parameter["name"] for parameter in declared if "default" not in parameter}
        assert required <= step["parameters"].keys()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_file_is_a_template_or_an_example_that_is_tested(path):
    assert path.name in REQUIRED or path.name.startswith("example-")


# The scripts


@pytest.mark.parametrize("name", REQUIRED)
def test_script_passes_shellcheck(name):
    script = bash_step(name, **REQUIRED[name])["bash"]
    found = subprocess.run(
        ["shellcheck", "--shell=bash", "-"], input=script, capture_output=True, text=True, check=False
    )
    assert found.stdout == "" and found.returncode == 0


def test_assume_role_passes_only_what_was_given(fake_keyless):
    result = run(bash_step("assume-role.yml", roleArn="arn:aws:iam::111122223333:role/a b"), {}, fake_keyless)
    assert result.returncode == 0, result.stderr
    assert arguments(result) == [
        "assume", "--format", "pipeline", "--role-arn", "arn:aws:iam::111122223333:role/a b",
        "--duration", "1h", "--expose", "variables",
    ]  # fmt: skip


def test_assume_role_passes_everything_that_was_given(fake_keyless):
    step = bash_step(
        "assume-role.yml",
        roleArn="arn:aws:iam::111122223333:role/deploy",
        serviceConnection="5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40",
        region="eu-west-1",
        duration="45m",
        expose="file",
        extraArguments="--require-pipeline 7\n  --trusted-host *\n",
    )
    result = run(step, {}, fake_keyless)
    assert arguments(result) == [
        "assume", "--format", "pipeline", "--role-arn", "arn:aws:iam::111122223333:role/deploy",
        "--duration", "45m", "--expose", "file",
        "--service-connection", "5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40", "--region", "eu-west-1",
        "--require-pipeline", "7", "--trusted-host", "*",
    ]  # fmt: skip


def test_exec_runs_the_script_without_the_agents_secrets(fake_keyless):
    step = bash_step(
        "exec.yml",
        roleArn="arn:aws:iam::111122223333:role/deploy",
        script='printf "token=%s\\n" "${SYSTEM_ACCESSTOKEN-none}${AGENT_PROXYPASSWORD-}"\nfalse\nprintf "not reached\\n"',
    )
    agents = {"SYSTEM_ACCESSTOKEN": "the-agents-token", "AGENT_PROXYPASSWORD": "its-proxys-password"}
    result = run(step, agents, fake_keyless)
    assert arguments(result)[:5] == [
        "exec", "--role-arn", "arn:aws:iam::111122223333:role/deploy", "--duration", "1h",
    ]  # fmt: skip
    assert "token=none" in result.stdout
    # The script ends at its first failure, and its code is the step's.
    assert "\nnot reached" not in result.stdout
    assert result.returncode == 1


def test_serve_starts_with_only_what_was_given(fake_keyless):
    result = run(bash_step("serve.yml"), {}, fake_keyless)
    assert arguments(result) == ["serve", "--background", "--format", "pipeline", "--duration", "1h"]


def test_serve_passes_everything_that_was_given(fake_keyless):
    step = bash_step(
        "serve.yml",
        roleArn="arn:aws:iam::111122223333:role/deploy",
        roles="audit=arn:aws:iam::111122223333:role/audit\n  prod=arn:aws:iam::444455556666:role/deploy\n",
        serviceConnection="5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40",
        region="eu-west-1",
        duration="45m",
        extraArguments="--until 3h\n  --trusted-host *\n",
    )
    assert step["condition"] == "succeeded()"
    assert arguments(run(step, {}, fake_keyless)) == [
        "serve", "--background", "--format", "pipeline", "--duration", "45m",
        "--role-arn", "arn:aws:iam::111122223333:role/deploy",
        "--service-connection", "5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40", "--region", "eu-west-1",
        "--role", "audit=arn:aws:iam::111122223333:role/audit",
        "--role", "prod=arn:aws:iam::444455556666:role/deploy",
        "--until", "3h", "--trusted-host", "*",
    ]  # fmt: skip


def test_serve_stops_whatever_happened_before(fake_keyless):
    step = bash_step("serve.yml", operation="stop", extraArguments="--verbose")
    assert step["condition"] == "always()"
    assert arguments(run(step, {}, fake_keyless)) == ["serve", "--stop", "--format", "pipeline", "--verbose"]


@pytest.mark.parametrize("operation, code", [("stop", 0), ("start", 127)])
def test_serve_minds_a_missing_keyless_at_the_start_alone(operation, code):
    result = run(bash_step("serve.yml", operation=operation), {}, "/usr/bin:/bin")
    assert result.returncode == code, result.stderr


@pytest.mark.parametrize("operation", ["start", "stop"])
@pytest.mark.parametrize("odd", ['";touch;"', "';touch;'", "$(touch)", "`touch`", "a\\", "&|<>*?#~"])
def test_no_value_of_serve_becomes_code(fake_keyless, odd, operation):
    given = {name: odd for name in ("roleArn", "roles", "serviceConnection", "region", "duration", "extraArguments")}
    result = run(bash_step("serve.yml", operation=operation, **given), {}, fake_keyless)
    assert result.returncode == 0 and result.stderr == "", result.stderr
    assert arguments(result).count(odd) == (len(given) if operation == "start" else 1)


# install.yml, run for real


VERSION = "1.2.3"
ARCHITECTURE = platform.machine()
NAME = f"keyless-{VERSION}-linux-{ARCHITECTURE}"
BINARY = f'#!/bin/sh\nprintf "keyless {VERSION}\\n"\n'.encode()


def archive(binary=BINARY):
    """A release archive: one folder, the binary and the licence in it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content, mode in [("keyless", binary, 0o755), ("LICENSE", b"Apache-2.0\n", 0o644)]:
            member = tarfile.TarInfo(f"{NAME}/{name}")
            member.size, member.mode = len(content), mode
            tar.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


class Releases(http.server.BaseHTTPRequestHandler):
    """Serves one archive; the first answers can be told to fail. Keeps what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Proxy-Authorization")))
        status = self.server.failures.pop(0) if self.server.failures else 200
        wanted = f"/releases/v{VERSION}/{NAME}.tar.gz"
        status = status if self.path.endswith(wanted) else 404
        self.send_response(status)
        body = self.server.archive if status == 200 else b""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def releases():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Releases)
    server.archive, server.asked, server.failures = archive(), [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Agent:
    """An agent with an empty tool cache, a release server, and the digest of what that serves."""

    def __init__(self, server, tools):
        self.server, self.tools = server, tools
        self.cached = tools / "keyless" / VERSION / ARCHITECTURE
        self.digest = hashlib.sha256(server.archive).hexdigest()

    def install(self, digest=None, version=VERSION, base_url=None, **environment):
        parameter = {"x86_64": "sha256", "aarch64": "sha256Aarch64"}[ARCHITECTURE]
        step = bash_step(
            "install.yml",
            version=version,
            baseUrl=base_url or f"http://127.0.0.1:{self.server.server_port}/releases",
            **{parameter: self.digest if digest is None else digest},
        )
        return run(step, {"AGENT_TOOLSDIRECTORY": str(self.tools), **environment})

    def files(self):
        return [path for path in self.tools.rglob("*") if path.is_file()]

    def prepended(self, result):
        return f"##vso[task.prependpath]{self.cached}" in result.stdout.splitlines()


@pytest.fixture
def agent(releases, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    return Agent(releases, tools)


def test_installs_a_verified_release_and_puts_it_on_the_path(agent):
    result = agent.install()
    assert result.returncode == 0, result.stdout + result.stderr
    assert agent.prepended(result)
    assert f"keyless {VERSION}\n" in result.stdout
    assert (agent.cached / "keyless").read_bytes() == BINARY
    assert not list(agent.cached.parent.glob(".staging*"))


def test_a_second_run_needs_no_network(agent):
    agent.install()
    agent.server.asked.clear()
    result = agent.install()
    assert result.returncode == 0 and agent.prepended(result)
    assert "comes from the tool cache" in result.stdout
    assert agent.server.asked == []


def test_reads_a_release_from_a_folder(agent, tmp_path):
    mirror = tmp_path / "mirror" / f"v{VERSION}"
    mirror.mkdir(parents=True)
    (mirror / f"{NAME}.tar.gz").write_bytes(agent.server.archive)
    result = agent.install(base_url=mirror.parent.as_uri())
    assert result.returncode == 0 and agent.prepended(result)


def test_a_wrong_digest_fails_and_leaves_nothing(agent):
    result = agent.install(digest="0" * 64)
    assert result.returncode == 1
    assert f"has SHA-256 {agent.digest}" in result.stdout
    assert not agent.prepended(result)
    assert agent.files() == []


@pytest.mark.parametrize("digest", ["", "latest", "0" * 63])
def test_a_release_without_a_digest_is_not_downloaded(agent, digest):
    result = agent.install(digest=digest)
    assert result.returncode == 1 and "SHA256SUMS" in result.stdout
    assert agent.server.asked == []


@pytest.mark.parametrize("version", ["../1.2.3", "latest/x", ""])
def test_a_version_that_is_a_path_is_refused(agent, version):
    result = agent.install(version=version)
    assert result.returncode == 1 and "must look like 1.2.3" in result.stdout
    assert agent.server.asked == []


@pytest.mark.parametrize("changed", ["keyless", f"{NAME}.tar.gz"])
def test_a_cached_copy_that_was_changed_is_replaced(agent, changed):
    agent.install()
    victim = agent.cached / changed
    victim.write_bytes(victim.read_bytes() + b"# something else\n")
    result = agent.install()
    assert result.returncode == 0 and agent.prepended(result)
    assert "##vso[task.logissue type=warning]" in result.stdout
    assert (agent.cached / "keyless").read_bytes() == BINARY


def test_a_changed_copy_is_not_run_when_it_cannot_be_replaced(agent):
    agent.install()
    marker = agent.tools / "was-run"
    (agent.cached / "keyless").write_text(f"#!/bin/sh\ntouch '{marker}'\n")
    result = agent.install(base_url=(agent.tools / "no-such-folder").as_uri())
    assert result.returncode == 1 and "could not download" in result.stdout
    assert not agent.prepended(result)
    assert not marker.exists()


def test_a_download_that_fails_for_a_moment_is_tried_again(agent):
    agent.server.failures = [503]
    result = agent.install()
    assert result.returncode == 0 and agent.prepended(result)
    assert len(agent.server.asked) == 2


def test_a_release_that_does_not_exist_fails_at_once(agent):
    result = agent.install(version="9.9.9")
    assert result.returncode == 1 and "could not download" in result.stdout
    assert len(agent.server.asked) == 1


def test_a_binary_that_does_not_start_says_what_it_needs(agent):
    agent.server.archive = archive(b"#!/bin/sh\nexit 127\n")
    result = agent.install(digest=hashlib.sha256(agent.server.archive).hexdigest())
    assert result.returncode == 1 and "apt-get install libcurl4" in result.stdout
    assert not agent.prepended(result)


def test_downloads_through_the_agents_proxy(agent):
    result = agent.install(
        base_url="http://releases.invalid/releases",
        AGENT_PROXYURL=f"http://127.0.0.1:{agent.server.server_port}",
        AGENT_PROXYUSERNAME="agent",
        INSTALL_PROXY_PASSWORD='pass"word\\',
    )
    assert result.returncode == 0, result.stdout + result.stderr
    [(path, authorization)] = agent.server.asked
    assert path.startswith("http://releases.invalid/")
    assert authorization == "Basic YWdlbnQ6cGFzcyJ3b3JkXA=="
