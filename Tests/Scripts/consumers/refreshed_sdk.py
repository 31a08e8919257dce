"""Whether an SDK goes on working over three renewals of sessions that are cut short.

usage: keyless exec --refresh … -- python refreshed_sdk.py boto3|cli|crt
"""

import io
import os
import ssl
import subprocess
import sys
import time
import urllib.request

import awscrt.auth
import awscrt.exceptions
import awscrt.http
import boto3


def identity_by_boto3():
    client = boto3.client("sts")
    client.get_caller_identity()
    credentials = session.get_credentials()
    assert credentials.method == "container-role", credentials.method
    return credentials.get_frozen_credentials().access_key


def identity_by_cli():
    aws = [sys.executable, "-m", "awscli"]
    listing = subprocess.run([*aws, "configure", "list"], capture_output=True, text=True, check=True).stdout
    assert "container-role" in listing, listing
    subprocess.run([*aws, "sts", "get-caller-identity"], capture_output=True, check=True)
    return next(line.split()[1] for line in listing.splitlines() if "access_key" in line)


def identity_by_crt():
    """By the runtime in C below AWS's SDKs for C++ and Swift, which finds the credentials and signs with them."""
    endpoint = os.environ["AWS_ENDPOINT_URL_STS"]
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    fields = [
        ("Host", endpoint.split("/")[2]), ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(body))),
    ]
    request = awscrt.http.HttpRequest("POST", "/", awscrt.http.HttpHeaders(fields), io.BytesIO(body))
    signing = awscrt.auth.AwsSigningConfig(
        credentials_provider=chain, region=os.environ["AWS_REGION"], service="sts")
    fields = dict(awscrt.auth.aws_sign_request(request, signing).result(30).headers)
    trust = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
    with urllib.request.urlopen(urllib.request.Request(endpoint, body, fields), context=trust, timeout=30) as answer:
        assert b":assumed-role/deploy/" in answer.read()
    return fields["Authorization"].split("Credential=")[1].split("/")[0]


def crt_finds_others():
    """It does not tell where credentials are from: without the endpoint there must be none."""
    endpoint = os.environ.pop("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    try:
        awscrt.auth.AwsCredentialsProvider.new_default_chain().get_credentials().result(30)
        return True
    except awscrt.exceptions.AwsCrtError:
        return False
    finally:
        os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = endpoint


for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ROLE_ARN"]:
    assert name not in os.environ, name
assert not crt_finds_others()
session = boto3.Session()
chain = awscrt.auth.AwsCredentialsProvider.new_default_chain()
ask = {"boto3": identity_by_boto3, "cli": identity_by_cli, "crt": identity_by_crt}[sys.argv[1]]
keys, end = [], time.monotonic() + 60
while len(keys) < 4 and time.monotonic() < end:
    key = ask()
    if key not in keys:
        keys.append(key)
print(f"{len(keys)} sessions")
