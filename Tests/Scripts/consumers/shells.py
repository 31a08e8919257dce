"""Has each shell evaluate the credentials that keyless writes for it, and compares what the shell then holds.

usage: shells.py (in a directory with got.json, the credentials of one earlier call: they show the values are nasty)
"""

import json
import os
import shlex
import subprocess

NASTY = "'\"$x`\\%25;]<&> "
NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"]
PRINT = "; ".join(f'printf "%s\\0" "${name}"' for name in NAMES)

assert NASTY in json.load(open("got.json"))["SecretAccessKey"], "the sandbox's values are tame"


def text(format):
    """The rendering, and the same session's values: keyless serves both from one exchange kept in a file."""
    trust = shlex.split(os.environ["TRUST"])
    return subprocess.run(
        ["keyless", "assume", *trust, "--quiet", "--format", format], check=True, capture_output=True).stdout


def held(command, script):
    return subprocess.run(command, input=script, check=True, capture_output=True, env={"PATH": os.environ["PATH"]}).stdout


def expected(script):
    """What the lines say, read by a fourth party: Python's own shell lexer, which knows POSIX quoting."""
    values = dict(word.split("=", 1) for word in shlex.split(script.decode()) if "=" in word)
    return b"".join(values[name].encode() + b"\0" for name in NAMES)


good = []
for shell in ["bash", "dash", "zsh"]:
    script = text("env")
    assert NASTY.encode() in expected(script)
    assert held([shell], script + PRINT.encode()) == expected(script), shell
    good.append(shell)

script = text("env-no-export")
assert held(["dash"], b"set -a\n" + script + PRINT.encode()) == expected(script), "env-no-export"

script = text("fish")
out = held(["fish", "--no-config"], script + PRINT.encode()).split(b"\0")
assert NASTY.encode() in out[1] and out[0].startswith(b"ASIA") and NASTY.encode() in out[2], "fish"
good.append("fish")

print(" ".join(good), "hold the exact bytes")
