"""Whether a command in keyless's place is as easily ended as it would be by itself.

usage: exec_signals.py (in a sandbox's environment)
"""

import os
import shlex
import signal
import subprocess

# Whoever started this may hold signals back; an agent does not.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
keyless = ["keyless", "exec", "--quiet", *shlex.split(os.environ["TRUST"]), "--"]

for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]:
    child = subprocess.Popen([*keyless, "sh", "-c", "echo ready; exec sleep 600"], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"ready\n"
    child.send_signal(number)
    assert child.wait() == -number, child.returncode

assert subprocess.run([*keyless, "sh", "-c", "kill -TERM $$"]).returncode == -signal.SIGTERM
print("ended by SIGTERM, SIGINT and SIGHUP")
