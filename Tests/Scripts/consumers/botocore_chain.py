"""Makes worlds of AWS files and environments at random, and says what botocore finds in each.

Prints a JSON list; each entry has the paths of the files, the environment, the profile named by flag, and the outcome:
the key id of the credentials, "none", or "error". AWS is played by fakes whose key ids tell what was asked, and with
which key: "Admin.AKIABASE" is what role Admin gives to AKIABASE.

Usage: botocore_chain.py DIRECTORY COUNT   (HOME must be DIRECTORY)
"""

import hashlib
import json
import os
import pathlib
import random
import sys

import botocore.exceptions
import botocore.session

ACCOUNT = "111122223333"
NAMES = ["default", "a", "b", "c", "d"]
END = "2099-01-01T00:00:00Z"


class FakeAWS:
    class exceptions:
        class UnauthorizedException(Exception):
            pass

    def __init__(self, key=None):
        self.key = key

    def answer(self, key, arn):
        credentials = {"AccessKeyId": key, "SecretAccessKey": "s", "SessionToken": "t", "Expiration": END}
        return {"Credentials": credentials, "AssumedRoleUser": {"Arn": arn}}

    def assume_role(self, RoleArn, ExternalId=None, **_):
        parts = [RoleArn.split("/")[-1], ExternalId, self.key]
        return self.answer(".".join(part for part in parts if part), RoleArn)

    def assume_role_with_web_identity(self, RoleArn, WebIdentityToken, **_):
        return self.answer(f"{RoleArn.split('/')[-1]}.{WebIdentityToken}", RoleArn)

    def get_role_credentials(self, roleName, accountId, accessToken):
        credentials = {"accessKeyId": f"{roleName}.{accountId}.{accessToken}", "secretAccessKey": "s",
                       "sessionToken": "t", "expiration": 4070908800000}
        return {"roleCredentials": credentials}


def create_client(self, service, aws_access_key_id=None, **_):
    return FakeAWS(aws_access_key_id)


botocore.session.Session.create_client = create_client


class World:
    def __init__(self, number, directory):
        self.random = random.Random(number)
        self.directory = directory
        self.config, self.credentials = {}, {}
        for name in NAMES:
            self.add(name)
        self.environment = {"HOME": str(directory), "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "eu-west-1",
                            "PATH": os.environ["PATH"]}
        if self.often(0.15):
            self.environment["AWS_ACCESS_KEY_ID"] = "AKIAENV"
            if self.often(0.9):
                self.environment["AWS_SECRET_ACCESS_KEY"] = "s"
        if self.often(0.1):
            self.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = str(directory / "token")
            if self.often(0.8):
                self.environment["AWS_ROLE_ARN"] = f"arn:aws:iam::{ACCOUNT}:role/Env"
        if self.often(0.5):
            self.environment[self.random.choice(["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])] = self.name()
        self.profile = self.name() if self.often(0.4) else None
        self.write(number)

    def often(self, share):
        return self.random.random() < share

    def name(self):
        return "missing" if self.often(0.04) else self.random.choice(NAMES)

    def add(self, name):
        config, credentials = {}, {}
        for section, share, place in [(config, 0.2, "CONFIG"), (credentials, 0.35, "CREDS")]:
            if self.often(share):
                section["aws_access_key_id"] = f"AKIA{name.upper()}{place}"
                if self.often(0.95):
                    section["aws_secret_access_key"] = "s"
        if self.often(0.45):
            self.add_role(name, self.random.choice([config, config, credentials]))
        if self.often(0.1):
            config["web_identity_token_file"] = str(self.directory / self.random.choice(["token", "no-token"]))
        if self.often(0.2):
            self.add_sso(config)
        if self.often(0.25):
            answer = json.dumps({"Version": 1, "AccessKeyId": f"AKIA{name.upper()}PROG", "SecretAccessKey": "s"})
            config["credential_process"] = self.random.choice([f"echo '{answer}'", f"printf %s '{answer}'"] * 4 + ["false"])
        if config or self.often(0.5):
            self.config["default" if name == "default" else f"profile {name}"] = config
        if credentials or self.often(0.2):
            self.credentials[name] = credentials

    def add_role(self, name, section):
        section["role_arn"] = f"arn:aws:iam::{ACCOUNT}:role/{name.upper()}"
        if self.often(0.95):
            section["source_profile"] = self.name()
        if self.often(0.1):
            section.pop("source_profile", None)
            section["credential_source"] = self.random.choice(["Environment", "Environment", "Elsewhere"])
        if self.often(0.05):
            section["credential_source"] = "Environment"
        if self.often(0.2):
            section["external_id"] = "ext"

    def add_sso(self, section):
        section.update(sso_account_id=ACCOUNT, sso_role_name="Sso")
        if self.often(0.6):
            section["sso_session"] = self.random.choice(["corp"] * 5 + ["gone", "unknown", "partial"])
        else:
            section.update(sso_start_url="https://corp.example/start", sso_region="eu-west-1")
        if self.often(0.15):
            section.pop(self.random.choice(list(section)))

    def write(self, number):
        self.config["sso-session corp"] = {"sso_region": "eu-west-1", "sso_start_url": "https://corp.example/start"}
        self.config["sso-session gone"] = {"sso_region": "eu-west-1", "sso_start_url": "https://gone.example/start"}
        self.config["sso-session partial"] = {"sso_region": "eu-west-1"}
        for variable, kind, sections in [("AWS_CONFIG_FILE", "config", self.config),
                                         ("AWS_SHARED_CREDENTIALS_FILE", "credentials", self.credentials)]:
            path = self.directory / f"{kind}-{number}"
            lines = []
            for section, values in sections.items():
                lines += [f"[{section}]"] + [f"{key} = {value}" for key, value in values.items()] + [""]
            path.write_text("\n".join(lines))
            self.environment[variable] = str(path)

    def outcome(self):
        os.environ.clear()
        os.environ.update(self.environment)
        try:
            found = botocore.session.Session(profile=self.profile).get_credentials()
            return found.get_frozen_credentials().access_key if found else "none"
        except (botocore.exceptions.BotoCoreError, OSError):
            return "error"


def main(directory, count):
    (directory / "token").write_text("TOKEN")
    cache = directory / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    for key in ["corp", "https://corp.example/start"]:
        token = {"accessToken": "SIGNEDIN", "expiresAt": END}
        (cache / f"{hashlib.sha1(key.encode()).hexdigest()}.json").write_text(json.dumps(token))
    worlds = [World(number, directory) for number in range(count)]
    print(json.dumps([
        {"environment": world.environment, "profile": world.profile, "outcome": world.outcome()} for world in worlds
    ]))


main(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
