"""Asks an endpoint again and again, and looks at each answer, until there is one of a kind.

usage: serve_answers.py given|ended|explained (in a step after `keyless serve`)

given: credentials; ended: an error because they have ended; explained: one that says why there are no others.
"""

import os
import sys

from endpoint import ask

with open(os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]) as file:
    token = file.read()
while True:
    # Whoever has to wait for an answer fails.
    status, body = ask(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"], token)
    if status == 200:
        assert all(body[name] for name in ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"]), "empty"
        kinds = ["given"]
    else:
        assert status == 503 and body["code"] == "CredentialsExpired", (status, body)
        assert body["message"].startswith("the credentials ended 20"), body
        kinds = ["ended", "explained"] if " and could not be renewed: " in body["message"] else ["ended"]
    if sys.argv[1] in kinds:
        break
print(body.get("message", "credentials"))
