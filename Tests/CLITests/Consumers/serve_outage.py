"""What callers of `keyless serve` see while sessions cannot be renewed, with sessions that are cut short.

usage: serve_outage.py over|held

over: the outage is longer than the session lasts, and ends: credentials, an error with its reason, credentials.
held: nothing is answered any more, and whatever can still be given is given at once.
"""

import sys

from endpoint import Endpoint

with Endpoint.start("--timeout", "1s" if sys.argv[1] == "over" else "60s") as endpoint:
    seen = []
    while True:
        status, body = endpoint.ask()
        if status == 200:
            assert body["AccessKeyId"] and body["SecretAccessKey"] and body["Token"] and body["Expiration"], "empty"
            state = body["AccessKeyId"]
        else:
            assert status == 503 and body["code"] == "CredentialsExpired", (status, body)
            assert "the credentials ended " in body["message"], body
            state = body["message"]
        if state not in seen:
            seen.append(state)
        if sys.argv[1] == "held" and status == 503:
            break
        if sys.argv[1] == "over" and len(seen) > 2 and status == 200:
            assert "and could not be renewed: " in seen[-2], seen[-2]
            print("reason:", seen[-2].split("renewed: ")[1])
            break
    print({"over": "an error in between, and credentials again", "held": "credentials to their end"}[sys.argv[1]])
