"""Looks at the command lines of all processes for as long as keyless runs, as any user of the machine may.

usage: process_list.py (in a sandbox's environment that makes keyless slow enough to be seen)
"""

import glob
import json
import os
import shlex
import subprocess

child = subprocess.Popen(
    ["keyless", "assume", *shlex.split(os.environ["TRUST"]), "--quiet", "--format", "json"], stdout=subprocess.PIPE)
seen = set()
looks = 0
while child.poll() is None:
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                seen.add(file.read())
        except OSError:
            pass  # it ended between being listed and being read
    looks += 1
credentials = json.loads(child.stdout.read())
assert child.returncode == 0 and looks > 1, looks
assert any(b"assume" in line and b"--trusted-host" in line for line in seen), "keyless itself was not seen"

secrets = [os.environ["SYSTEM_ACCESSTOKEN"], credentials["SecretAccessKey"], credentials["SessionToken"]]
for line in seen:
    for secret in secrets:
        assert secret.encode() not in line, "a secret is on a command line"
    # Tokens begin so; other programs on this machine may have theirs.
    if line.split(b"\0")[0].endswith(b"keyless"):
        assert b"eyJ" not in line, "a token is on a command line of keyless"
print("no secret on any command line")
