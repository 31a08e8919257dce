"""Which files a command has open that runs in keyless's place: those keyless was given, and none of its own.

usage: exec_descriptors.py (in a sandbox's environment)
"""

import os
import shlex
import subprocess

read, passed_on = os.pipe()
command = ["keyless", "exec", "--quiet", *shlex.split(os.environ["TRUST"]), "--", "sh", "-c", "ls /proc/$$/fd"]
run = subprocess.run(command, check=True, capture_output=True, text=True, close_fds=True, pass_fds=[passed_on])
open_files = sorted(int(name) for name in run.stdout.split())
assert open_files == [0, 1, 2, passed_on], open_files
print("0 1 2 and the one that was passed on")
