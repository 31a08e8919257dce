"""The endpoint of `keyless serve`, as a caller sees it. For the other programs here."""

import http.client
import json
import os
import select
import shlex
import subprocess
import urllib.parse

TRUST = shlex.split(os.environ["TRUST"])
START = ["keyless", "serve", "--background", "--format", "json", "--quiet", "--until", "2m", *TRUST]
# As little as any SDK waits for an answer: that of JavaScript.
PATIENCE = 1


def ask(address, token):
    """Status and JSON of an answer on a connection of its own."""
    url = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=PATIENCE)
    connection.request("GET", url.path, headers={"Authorization": token})
    answer = connection.getresponse()
    body = json.load(answer)
    connection.close()
    return answer.status, body


class Endpoint:
    """One in the background, ended with the block that it is used in."""

    def __init__(self, facts):
        self.facts = json.loads(facts)
        self.process = self.facts["ProcessId"]
        self.directory = os.path.dirname(self.facts["AuthorizationTokenFile"])
        with open(self.facts["AuthorizationTokenFile"]) as file:
            self.token = file.read()
        self.watch = os.pidfd_open(self.process)

    @classmethod
    def start(cls, *options):
        return cls(subprocess.run([*START, *options], check=True, stdout=subprocess.PIPE, text=True).stdout)

    def ask(self, role="default"):
        return ask(self.facts["Roles"][role], self.token)

    def wait(self):
        """Returns once its process has ended."""
        assert select.select([self.watch], [], [], 60)[0], "the endpoint does not end"

    def has_ended(self):
        return bool(select.select([self.watch], [], [], 0)[0])

    def is_gone(self):
        return self.has_ended() and not os.path.exists(self.directory)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.has_ended():
            subprocess.run(["keyless", "serve", "--stop", "--quiet", "--format", "json"], check=True)
        os.close(self.watch)
