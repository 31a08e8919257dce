"""Whether an SDK goes on working over three renewals of sessions that are cut short.

usage: keyless exec --refresh … -- python refreshed_sdk.py boto3|cli
"""

import os
import subprocess
import sys
import time

import boto3


def identity_by_boto3():
    client = boto3.client("sts")
    client.get_caller_identity()
    credentials = session.get_credentials()
    assert credentials.method == "container-role", credentials.method
    return credentials.get_frozen_credentials().access_key


def identity_by_cli():
    listing = subprocess.run(["aws", "configure", "list"], capture_output=True, text=True, check=True).stdout
    assert "container-role" in listing, listing
    subprocess.run(["aws", "sts", "get-caller-identity"], capture_output=True, check=True)
    return next(line.split()[1] for line in listing.splitlines() if "access_key" in line)


session = boto3.Session()
ask = {"boto3": identity_by_boto3, "cli": identity_by_cli}[sys.argv[1]]
for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ROLE_ARN"]:
    assert name not in os.environ, name
keys, end = [], time.monotonic() + 60
while len(keys) < 4 and time.monotonic() < end:
    key = ask()
    if key not in keys:
        keys.append(key)
print(f"{len(keys)} sessions")
