"""Whether `keyless serve` ends with what it belongs to, and leaves nothing.

usage: serve_endings.py (in a sandbox's environment, in a directory of its own)
"""

import os
import resource
import shutil
import signal
import socket
import subprocess

from endpoint import START, TRUST, Endpoint

signal.pthread_sigmask(signal.SIG_SETMASK, [])
temporary = os.environ["AGENT_TEMPDIRECTORY"]
before = sorted(os.listdir(temporary))


def nothing_is_left():
    left = [name for name in sorted(os.listdir(temporary)) if name not in before]
    assert not left, left


# The agent's worker: a program of that name, from which the steps descend. This one runs a step when it is told to.
shutil.copy("/bin/sh", "Agent.Worker")
with subprocess.Popen(
    ["./Agent.Worker", "-c", 'while read -r step; do sh -c "$step"; done'], stdin=subprocess.PIPE,
    stdout=subprocess.PIPE, text=True, bufsize=1,
) as worker:
    worker.stdin.write(f"{' '.join(START)} | tr -d '\\n'; echo\n")
    with Endpoint(worker.stdout.readline()) as endpoint:
        # The step has ended, and with it what started the endpoint. A worker that is stopped has not.
        worker.send_signal(signal.SIGSTOP)
        assert endpoint.ask()[0] == 200
        worker.kill()
        endpoint.wait()
        assert endpoint.is_gone()
nothing_is_left()
print("ended with the agent's worker")

# In the foreground, where there is no agent, with whoever started it.
starter = subprocess.Popen(
    ["sh", "-c", f"keyless serve --format json --quiet {' '.join(TRUST)}; echo not reached"], stdin=subprocess.DEVNULL,
    stdout=subprocess.PIPE, text=True)
facts = ""
while not facts.endswith("\n}\n"):
    facts += starter.stdout.readline()
with Endpoint(facts) as endpoint:
    starter.kill()
    endpoint.wait()
    assert endpoint.is_gone()
nothing_is_left()
print("ended with what started it")

# The token is in its file and nowhere else.
run = subprocess.run([word for word in START if word != "--quiet"] + ["--verbose"], check=True, capture_output=True, text=True)
with Endpoint(run.stdout) as endpoint:
    assert len(endpoint.token) == 64 and endpoint.token not in run.stdout + run.stderr
    with open(f"/proc/{endpoint.process}/cmdline") as file:
        assert endpoint.token not in file.read()
print("told nobody its token")

# A step that clears the agent's directory takes the token: nobody can ask any more.
with Endpoint.start() as endpoint:
    shutil.rmtree(endpoint.directory)
    endpoint.wait()
print("ended with its token")

# Its time.
with Endpoint.start("--until", "5s") as endpoint:
    endpoint.wait()
    assert endpoint.is_gone()
print("ended at its time")

# A signal, in the foreground too.
for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]:
    with Endpoint.start() as endpoint:
        os.kill(endpoint.process, number)
        endpoint.wait()
        assert endpoint.is_gone()
    foreground = subprocess.Popen(
        ["keyless", "serve", "--quiet", "--format", "env", *TRUST], stdout=subprocess.PIPE, text=True)
    assert "AWS_CONTAINER_CREDENTIALS_FULL_URI" in "".join(foreground.stdout.readline() for _ in range(2))
    foreground.send_signal(number)
    foreground.stdout.read()
    assert foreground.wait() == 0, foreground.returncode
nothing_is_left()
print("ended by signals")

# Killed: it cannot clear up, and the next one does. Whoever only looks does too.
with Endpoint.start() as killed:
    os.kill(killed.process, signal.SIGKILL)
    killed.wait()
    assert os.path.exists(killed.directory)
    with Endpoint.start() as next_one:
        assert not os.path.exists(killed.directory) and next_one.ask()[0] == 200
        os.kill(next_one.process, signal.SIGKILL)
        next_one.wait()
subprocess.run(["keyless", "serve", "--stop", "--quiet", "--format", "json"], check=True)
nothing_is_left()
print("cleared up what a killed one left")

# Whatever the umask is, and what its directory's parent adds to its mode.
os.environ["AGENT_TEMPDIRECTORY"] = os.path.join(os.getcwd(), "shared")
os.mkdir("shared")
os.chmod("shared", 0o2755)
for mask in [0o777, 0o000]:
    old = os.umask(mask)
    with Endpoint.start() as endpoint:
        os.umask(old)
        for path, mode in [(endpoint.directory, 0o700), (endpoint.facts["AuthorizationTokenFile"], 0o600)]:
            assert os.stat(path).st_mode & 0o777 == mode, oct(os.stat(path).st_mode)
        subprocess.run(["keyless", "serve", "--stop", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        endpoint.wait()
        assert endpoint.is_gone()
os.environ["AGENT_TEMPDIRECTORY"] = temporary
print("found whatever its mode")

# Whoever ignores the end of its children learns of a start that failed all the same.
run = subprocess.run(
    [*START, "--role-arn", "nonsense"], capture_output=True, text=True,
    preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
assert run.returncode == 64, run
run = subprocess.run([*START, "--until", "2020-01-01T00:00:00Z"], capture_output=True, text=True)
assert run.returncode == 64 and "--until is over already" in run.stderr, run

# At a desk, the one that the environment leads to, and no other terminal's.
del os.environ["TF_BUILD"]
with Endpoint.start() as other:
    with Endpoint.start() as own:
        os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = own.facts["AuthorizationTokenFile"]
        subprocess.run(["keyless", "serve", "--stop", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        own.wait()
        assert own.is_gone() and other.ask()[0] == 200
        # What this environment leads to has ended: others have not.
        subprocess.run(["keyless", "serve", "--stop", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        assert other.ask()[0] == 200
    del os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
os.environ["TF_BUILD"] = "True"
print("ended what the environment leads to")

# A port that somebody has; a disk that takes nothing.
with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = str(taken.getsockname()[1])
    run = subprocess.run(
        ["keyless", "serve", "--background", "--port", port, *TRUST], capture_output=True, text=True)
    assert run.returncode == 69 and run.stdout == "", run
    assert f"port {port} of this machine cannot be listened on: address already in use" in run.stderr, run.stderr


def full_disk():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


run = subprocess.run(
    ["keyless", "serve", "--background", *TRUST], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    preexec_fn=full_disk)
assert run.returncode == 65 and run.stdout == "" and "/token: file too large" in run.stderr, run
run = subprocess.run(["keyless", "serve", *TRUST], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE, text=True)
assert run.returncode == 1 and "no space left on device" in run.stderr, run
nothing_is_left()
print("nothing is left of failures")
