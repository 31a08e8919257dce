"""STS as moto answers it, a public stand-in nobody here wrote, with signatures checked from the first signed call on.

usage: moto_sts.py KEYLESS
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time

# The calls that prepare the world and the unsigned exchange come first; everything after them is checked.
PREPARING_CALLS = 4
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = str(PREPARING_CALLS + 1)
os.environ.update(AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="eu-west-1")
for name in [name for name in os.environ if name.startswith("AWS_ENDPOINT") or name == "AWS_CA_BUNDLE"]:
    del os.environ[name]

import boto3  # noqa: E402
import botocore.exceptions  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def token():
    """moto does not look at signatures of tokens, so this one has none worth the name."""
    now = int(time.time())
    claims = {
        "iss": "https://vstoken.dev.azure.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6",
        "sub": "p://contoso/shop/deploy", "aud": "api://AzureADTokenExchange", "iat": now, "exp": now + 300,
    }
    return ".".join([encode({"alg": "RS256", "typ": "JWT"}), encode(claims), "c2lnbmF0dXJl"])


def prepare(endpoint):
    iam = boto3.client("iam", endpoint_url=endpoint)
    anyone = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})
    everything = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    for role in ["first", "second"]:
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=anyone)
        iam.put_role_policy(RoleName=role, PolicyName="all", PolicyDocument=everything)


def main(keyless):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        prepare(endpoint)
        with tempfile.NamedTemporaryFile("w", suffix=".jwt") as file:
            file.write(token() + "\n")
            file.flush()
            run = subprocess.run(
                [keyless, "assume", "--trusted-host", f"{host}:{port}", "--web-identity-token-file", file.name,
                 "--role-arn", "arn:aws:iam::123456789012:role/first",
                 "--chain-role-arn", "arn:aws:iam::123456789012:role/second",
                 "--session-name", "from-keyless", "--verify", "--format", "process"],
                env={"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL_STS": endpoint, "AWS_REGION": "eu-west-1"},
                capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        credentials = json.loads(run.stdout)
        keys = dict(aws_access_key_id=credentials["AccessKeyId"], aws_session_token=credentials["SessionToken"])

        # Signatures really are checked: the same credentials with another secret are refused.
        wrong = boto3.client("sts", endpoint_url=endpoint, aws_secret_access_key="wrong", **keys)
        try:
            wrong.get_caller_identity()
            raise AssertionError("moto accepted a wrong signature")
        except botocore.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == "SignatureDoesNotMatch", error

        right = boto3.client(
            "sts", endpoint_url=endpoint, aws_secret_access_key=credentials["SecretAccessKey"], **keys)
        print(right.get_caller_identity()["Arn"])
    finally:
        server.stop()


main(sys.argv[1])
