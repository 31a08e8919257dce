"""What is left of `keyless serve` and `exec --refresh` when they are ended before they have credentials.

usage: serve_starting.py (in a sandbox's environment whose Azure DevOps never answers)
"""

import os
import signal
import subprocess

from endpoint import TRUST

signal.pthread_sigmask(signal.SIG_SETMASK, [])
temporary = os.environ["AGENT_TEMPDIRECTORY"]
before = sorted(os.listdir(temporary))
SERVE = ["keyless", "serve", "--background", "--verbose", "--until", "2m", *TRUST]
EXEC = ["keyless", "exec", "--refresh", "--verbose", *TRUST, "--", "touch", "ran"]


def asking(command):
    """Starts it, and returns once it waits for an answer."""
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in child.stdout:
        if "asking localhost for the job's token" in line:
            return child
    raise AssertionError("it does not ask")


def nothing_is_left():
    assert sorted(os.listdir(temporary)) == before, os.listdir(temporary)


# The command that waits is killed. Its output ends, so the other process has ended, and without having told anybody.
for number in [signal.SIGKILL, signal.SIGINT]:
    child = asking(SERVE)
    child.send_signal(number)
    output = child.stdout.read()
    assert "setvariable" not in output and "serving on" not in output, output
    child.wait()
    nothing_is_left()

# Somebody stops it.
child = asking(SERVE)
stop = subprocess.run(["keyless", "serve", "--stop"], check=True, capture_output=True, text=True)
assert "ended the endpoint of process" in stop.stderr, stop.stderr
assert child.wait() == 69, child.returncode
assert "ended before there were credentials" in child.stdout.read()
nothing_is_left()

for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]:
    child = asking(EXEC)
    child.send_signal(number)
    assert child.wait() == -number, child.returncode
    nothing_is_left()
assert not os.path.exists("ran")
print("nothing is left")
