"""What example-terraform.yml's configuration says; run as a program, a stand-in for Terraform.

Terraform downloads its providers from a registry. The stand-in has boto3 find credentials as they would, in the same
environment and by the same profiles, and prints whose they are: one line for the backend and each provider.
"""

import pathlib
import sys

import boto3
import hcl2


def plain(node):
    """Without the quotes and marks that the parser keeps."""
    if isinstance(node, dict):
        return {plain(key): plain(value) for key, value in node.items() if key not in ("__is_block__", "__comments__")}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node.removeprefix('"').removesuffix('"') if isinstance(node, str) else node


class Configuration:
    def __init__(self, directory):
        files = [plain(hcl2.loads(path.read_text())) for path in sorted(directory.glob("*.tf"))]
        blocks = [block for file in files for block in file.get("terraform", [])]
        [self.backend] = [backend["s3"] for block in blocks for backend in block.get("backend", [])]
        # By alias; the one without is the default.
        self.providers = {
            provider.get("alias", "aws"): provider
            for file in files
            for block in file.get("provider", [])
            for provider in block.values()
        }
        self.resources = [
            resource
            for file in files
            for block in file.get("resource", [])
            for named in block.values()
            for resource in named.values()
        ]


def tell(name, profile):
    session = boto3.Session(profile_name=profile)
    print(name, session.get_credentials().method, session.client("sts").get_caller_identity()["Arn"])


if __name__ == "__main__":
    configuration = Configuration(pathlib.Path.cwd())
    tell("backend", configuration.backend.get("profile"))
    if sys.argv[1] != "init":
        for alias, provider in configuration.providers.items():
            tell(alias, provider.get("profile"))
