"""Has each shell evaluate what `keyless serve` writes for it, and asks boto3 there where credentials come from.

usage: serve_shells.py (in a sandbox's environment, with static keys)
"""

import os
import shlex
import subprocess
import sys

keyless = ["keyless", "serve", "--quiet", *shlex.split(os.environ["TRUST"])]
show = f'{shlex.quote(sys.executable)} {shlex.quote(os.path.join(os.environ["CONSUMERS"], "boto3_identity.py"))}\n'
forgotten = 'printf "%s" "$AWS_CONTAINER_CREDENTIALS_FULL_URI$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"\n'


def written(format, *options):
    return subprocess.run([*keyless, "--format", format, *options], check=True, capture_output=True, text=True).stdout


def held(command, script):
    return subprocess.run(command, input=script, check=True, capture_output=True, text=True).stdout


good = []
for shell, command, format, set_all in [
    ("bash", ["bash"], "env", ""), ("dash", ["dash"], "env", ""), ("zsh", ["zsh"], "env", ""),
    ("fish", ["fish", "--no-config"], "fish", ""), (None, ["dash"], "env-no-export", "set -a\n"),
    (None, ["bash"], "dotenv", "set -a\n"),
]:
    begin = written(format, "--background", "--until", "2m", "--region", "eu-central-1")
    answer = held(command, set_all + begin + show)
    assert answer.startswith("container-role arn:aws:sts::111122223333:assumed-role/deploy/"), (shell, format, answer)
    end = written(format, "--stop")
    assert held(command, set_all + begin + end + forgotten) == "", (shell, format)
    if shell:
        good.append(shell)
print(" ".join(good), "reach the endpoint and no other credentials, and forget it")
