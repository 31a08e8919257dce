"""A job of the sandbox: its steps hand variables to each other as on an agent."""

import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys

from support import ROOT, run

# Where `swift build` leaves the programs.
PROGRAMS = pathlib.Path(os.environ.get("KEYLESS_TEST_PROGRAMS", ROOT / ".build" / "debug"))
IDENTITY = ROOT / "Tests" / "Scripts" / "consumers" / "boto3_identity.py"

# What a step would be given by hand where its hosts are no public ones.
WRAPPER = """#!/bin/sh
exec '{keyless}' "$@" {trust}
"""


def start_sandbox(*options):
    """The running sandbox, and the environment of its job."""
    keyless, sandbox = PROGRAMS / "keyless", PROGRAMS / "keyless-sandbox"
    assert keyless.exists() and sandbox.exists(), f"nothing is built in {PROGRAMS}: swift build"
    process = subprocess.Popen([sandbox, "serve", *options], stdout=subprocess.PIPE, text=True)
    job = {}
    while "KEYLESS_SANDBOX_ARGS" not in job:
        line = process.stdout.readline()
        assert line, "the sandbox did not start"
        [(name, value)] = [word.split("=", 1) for word in shlex.split(line)[1:]]
        job[name] = value
    return process, job


def stop_sandbox(process):
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    process.stdout.close()


class Job:
    """One that runs steps, one after the other, in a directory of its own."""

    def __init__(self, directory):
        self.directory = directory
        self.sandbox, self.variables = start_sandbox()
        trust = self.variables.pop("KEYLESS_SANDBOX_ARGS")
        # Steps say which role they want, and map the agent's token.
        self.variables.pop("AWS_ROLE_ARN")
        self.token = self.variables.pop("SYSTEM_ACCESSTOKEN")
        self.variables["HOME"] = str(directory)
        programs = directory / "bin"
        programs.mkdir()
        wrapper = programs / "keyless"
        wrapper.write_text(WRAPPER.format(keyless=PROGRAMS / "keyless", trust=trust))
        wrapper.chmod(0o755)
        self.path = f"{programs}:{os.environ['PATH']}"

    def run(self, step, directory=None):
        """Runs a step, and takes over what it sets for later ones."""
        env = {name: self.macros(value) for name, value in step.get("env", {}).items()}
        # What a step maps goes before the job's variables.
        result = run({**step, "env": {}}, {**self.variables, **env}, self.path, directory or self.directory)
        command = r"^##vso\[task\.setvariable variable=([^;\]]+)[^\]]*\](.*)$"
        for name, value in re.findall(command, result.stdout, re.MULTILINE):
            self.variables[name] = value
        return result

    def macros(self, text):
        """`$(Name)`, as an agent puts it in; one that nothing defines stays as it is."""
        known = {**self.variables, "SYSTEM_ACCESSTOKEN": self.token}
        return re.sub(r"\$\(([\w.]+)\)", lambda macro: known.get(macro[1].replace(".", "_").upper(), macro[0]), text)

    def identity(self, env=None):
        """How boto3 came by credentials in a later step, and whose they are."""
        command = f"{shlex.quote(sys.executable)} {shlex.quote(str(IDENTITY))}"
        result = self.run({"bash": command, "env": env or {}})
        assert result.returncode == 0, result.stderr
        return result.stdout.split()

    def temporary_files(self):
        return sorted(os.listdir(self.variables["AGENT_TEMPDIRECTORY"]))

    def end(self):
        # Where a test has failed half-way.
        self.run({"bash": "keyless serve --stop --quiet"})
        stop_sandbox(self.sandbox)
