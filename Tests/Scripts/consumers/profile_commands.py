"""Runs the commands of profiles as many at once as asked for, as the AWS CLI and boto3 would run them.

usage: profile_commands.py COUNT PROFILE …

Prints, for each profile, how many printed the same valid session.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile

import botocore.session

count, profiles = int(sys.argv[1]), sys.argv[2:]
configured = botocore.session.Session().full_config["profiles"]
with tempfile.TemporaryDirectory() as directory:
    started = []
    for number in range(count):
        for profile in profiles:
            output = open(os.path.join(directory, f"{profile}-{number}"), "w+b")
            words = shlex.split(configured[profile]["credential_process"])
            started.append((profile, output, subprocess.Popen(words, stdout=output)))
    sessions = {profile: [] for profile in profiles}
    for profile, output, process in started:
        assert process.wait() == 0, process.returncode
        output.seek(0)
        sessions[profile].append(output.read())
for profile, outputs in sessions.items():
    assert len(set(outputs)) == 1, f"{len(set(outputs))} different outputs"
    session = json.loads(outputs[0])
    assert session["Version"] == 1 and session["SessionToken"] and session["Expiration"]
    print(profile, len(outputs))
