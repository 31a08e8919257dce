"""Whether others of the same user can read the environment and the memory of a keyless that runs on.

usage: hidden_memory.py (in a sandbox's environment)
"""

import os
import subprocess
import sys

# A privileged reader may: neither side is one.
PLAIN = [] if os.geteuid() else ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
ATTEMPT = """
import sys
for name in ["environ", "mem"]:
    try:
        open(f"/proc/{sys.argv[1]}/{name}", "rb").close()
        print(name, "open")
    except PermissionError:
        print(name, "refused")
"""


def attempt(pid):
    command = [*PLAIN, sys.executable, "-c", ATTEMPT, str(pid)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def running(*command):
    return subprocess.Popen([*PLAIN, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


with running("sh", "-c", "echo ready; read x") as other:
    assert other.stdout.readline() == "ready\n"
    # What is true of programs in general, else the rest shows nothing.
    assert "environ open" in attempt(other.pid), attempt(other.pid)
    other.communicate("\n")

trust = os.environ["TRUST"].split()
with running("keyless", "serve", "--quiet", "--format", "env", "--until", "2m", *trust) as keyless:
    keyless.stdout.readline()
    print("serve:", attempt(keyless.pid).replace("\n", ", "))
    keyless.terminate()
    keyless.stdout.read()

# What exec becomes is the user's own program, like any other.
with running("keyless", "exec", "--quiet", *trust, "--", "sh", "-c", "echo ready; read x") as command:
    assert command.stdout.readline() == "ready\n"
    print("exec's command:", attempt(command.pid).split("\n")[0])
    command.communicate("\n")
