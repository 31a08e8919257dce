"""Whether what `exec --refresh` runs, and what that has started, is ended by the signals that keyless gets.

usage: refresh_signals.py (in a sandbox's environment)
"""

import os
import shlex
import signal
import subprocess

signal.pthread_sigmask(signal.SIG_SETMASK, [])
keyless = ["keyless", "exec", "--refresh", "--quiet", *shlex.split(os.environ["TRUST"]), "--"]
before = sorted(os.listdir(os.environ["AGENT_TEMPDIRECTORY"]))

for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]:
    # A child of the command, which keeps its output open until it has ended too.
    child = subprocess.Popen(
        [*keyless, "sh", "-c", "sleep 600 & echo ready; wait"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"ready\n"
    child.send_signal(number)
    # The end of the output: nobody is left who could write to it. A shell's background jobs are deaf to SIGINT.
    if number != signal.SIGINT:
        assert child.stdout.read() == b""
    assert child.wait() == 128 + number, child.returncode

command = [*keyless, "sh", "-c", "trap 'echo caught; exit 42' TERM; echo ready; while :; do sleep 0.05; done"]
child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
assert child.stdout.readline() == b"ready\n"
child.send_signal(signal.SIGTERM)
assert child.stdout.read() == b"caught\n"
assert child.wait() == 42, child.returncode

assert sorted(os.listdir(os.environ["AGENT_TEMPDIRECTORY"])) == before, "files are left"
print("ended by SIGTERM, SIGINT and SIGHUP, and nothing is left")
