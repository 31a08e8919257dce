"""boto3 and the AWS CLI with the server's address and token, which is all they have.

usage: sdks.py CREDENTIAL-SERVER-HOST
"""

import os
import subprocess
import sys
import tempfile

import boto3
import botocore.exceptions

import host

with host.started(sys.argv[1]) as server, tempfile.TemporaryDirectory() as home:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    token_file = os.path.join(home, "token")
    with open(token_file, "w", encoding="ascii") as file:
        file.write(host.TOKEN)
    os.environ |= {
        "HOME": home,
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://127.0.0.1:{server.port}/role/deploy",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": token_file,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    found = boto3.Session().get_credentials()
    assert found.method == "container-role", found.method
    frozen = found.get_frozen_credentials()
    assert frozen.secret_key == "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "another secret"
    assert len(frozen.token) == 900, "another token"
    assert not found.refresh_needed(), "credentials that are good for an hour are asked for again"

    # The values are masked but for their ends.
    run = subprocess.run([sys.executable, "-m", "awscli", "configure", "list"], capture_output=True, check=True, text=True)
    for name, end in {"access_key": "MPLE", "secret_key": "EKEY"}.items():
        line = next(line for line in run.stdout.splitlines() if line.strip().startswith(name))
        assert f"*{end} " in line and "container-role" in line, run.stdout

    # The name of this host does as well as its address.
    os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = f"http://localhost:{server.port}/role/deploy"
    assert boto3.Session().get_credentials().access_key == frozen.access_key

    del os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
    os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "x" * 64
    try:
        boto3.Session().get_credentials()
        raise AssertionError("credentials for a wrong token")
    except botocore.exceptions.CredentialRetrievalError as error:
        assert "401" in str(error), error
    print(frozen.access_key)
