"""Prints who boto3 is, with whatever credentials it finds by itself.

usage: boto3_identity.py [PROFILE]
"""

import sys

import boto3

session = boto3.Session(profile_name=sys.argv[1] if len(sys.argv) > 1 else None)
print(session.get_credentials().method, session.client("sts").get_caller_identity()["Arn"])
