"""Has processes wait for a session that another one is getting, and looks at what becomes of them.

usage: cache_waiters.py released|killed COUNT
       cache_waiters.py failed|recovered COUNT [NAME=VALUE …] [OPTION …]

released: the lock's holder gives it back without a session; killed: the holder, which hangs at STS, is killed;
failed: the holder, which has these variables and options besides, fails; recovered: and after it another one does not.
Prints how many ended with which exit code and error, a line for each kind.
"""

import collections
import fcntl
import glob
import os
import shlex
import signal
import subprocess
import sys
import time

mode, count, changes = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
command = ["keyless", "assume", *shlex.split(os.environ["TRUST"]), "--cache", "--format", "process", "--quiet"]
(lock,) = glob.glob(os.environ["AGENT_TEMPDIRECTORY"] + "/keyless/cache/*.lock")
inode = str(os.stat(lock).st_ino)


def locks():
    """How many processes have the lock, and how many wait for it."""
    with open("/proc/locks") as file:
        lines = [line.split() for line in file if "FLOCK" in line and f":{inode} " in line]
    waiting = [line for line in lines if line[1] == "->"]
    return len(lines) - len(waiting), len(waiting)


def wait_for(state):
    end = time.monotonic() + 120
    while locks() != state:
        assert time.monotonic() < end, f"{locks()} in place of {state}"
        time.sleep(0.01)


def start():
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


holder = None
if mode == "killed":
    holder = start()
    wait_for((1, 0))
    release = lambda: holder.send_signal(signal.SIGKILL)
else:
    descriptor = os.open(lock, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    release = lambda: os.close(descriptor)
waiters = [start() for _ in range(count)]
wait_for((1, count))
if mode in ["failed", "recovered"]:
    # One that is stopped does not wait for the lock, and takes up where it was.
    for waiter in waiters:
        waiter.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, waiter.pid, os.WSTOPPED)
    release()
    options = [change for change in changes if change.startswith("-")]
    variables = dict(change.split("=", 1) for change in changes if not change.startswith("-"))
    first = subprocess.run([*command, *options], env=os.environ | variables, capture_output=True)
    assert first.returncode != 0
    if mode == "recovered":
        subprocess.run(command, check=True, capture_output=True)
    for waiter in waiters:
        waiter.send_signal(signal.SIGCONT)
else:
    release()
ends = collections.Counter()
for waiter in waiters:
    output, errors = waiter.communicate()
    error = next((line for line in errors.splitlines() if "error:" in line), "")
    ends[waiter.returncode, output, error] += 1
if holder:
    holder.communicate()
for (code, output, error), number in ends.items():
    print(number, "ended with", code, "and a session" if output else error)
