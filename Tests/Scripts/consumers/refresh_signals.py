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
    # A child of the command, which keeps its output open until it has ended too. A shell's background jobs are deaf to
    # SIGINT, so there is none then.
    command = "echo ready; exec sleep 600" if number == signal.SIGINT else "sleep 600 & echo ready; wait"
    child = subprocess.Popen([*keyless, "sh", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"ready\n"
    child.send_signal(number)
    # The end of the output: nobody is left who could write to it.
    assert child.stdout.read() == b""
    assert child.wait() == 128 + number, child.returncode

# What was to be ignored is, and what was not means what it does in any program: a reader that went away ends a writer.
child = subprocess.Popen(
    [*keyless, "sh", "-c", "echo ready; read x; echo $x"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
assert child.stdout.readline() == b"ready\n"
child.send_signal(signal.SIGHUP)
assert child.communicate(b"went on\n")[0] == b"went on\n"
assert child.wait() == 0, child.returncode
writer = [*keyless, "bash", "-c", 'yes | head -n 1 > /dev/null; echo "${PIPESTATUS[0]}"']
assert subprocess.run(writer, check=True, capture_output=True).stdout == b"141\n"

command = [*keyless, "sh", "-c", "trap 'echo caught; exit 42' TERM; echo ready; while :; do sleep 0.05; done"]
child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
assert child.stdout.readline() == b"ready\n"
child.send_signal(signal.SIGTERM)
assert child.stdout.read() == b"caught\n"
assert child.wait() == 42, child.returncode

assert sorted(os.listdir(os.environ["AGENT_TEMPDIRECTORY"])) == before, "files are left"
print("ended by SIGTERM, SIGINT and SIGHUP, and nothing is left")
