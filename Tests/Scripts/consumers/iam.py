"""Somebody else's changes to IAM meanwhile, by boto3.

usage: iam.py delete-key USER            its first access key
       iam.py set-key USER STATUS        its first access key: Active or Inactive
       iam.py trust ROLE FILE            another trust policy, made of a statement or a list of them
       iam.py remove-audience AUDIENCE   from every OIDC provider
       iam.py delete-providers
"""

import json
import sys

import boto3

iam = boto3.client("iam", region_name="us-east-1")
action, *arguments = sys.argv[1:]
providers = [item["Arn"] for item in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]


def first_key(user):
    return iam.list_access_keys(UserName=user)["AccessKeyMetadata"][0]["AccessKeyId"]


if action == "delete-key":
    iam.delete_access_key(UserName=arguments[0], AccessKeyId=first_key(arguments[0]))
elif action == "set-key":
    iam.update_access_key(UserName=arguments[0], AccessKeyId=first_key(arguments[0]), Status=arguments[1])
elif action == "trust":
    with open(arguments[1], encoding="utf-8") as file:
        statements = json.load(file)
    policy = {"Version": "2012-10-17", "Statement": statements}
    iam.update_assume_role_policy(RoleName=arguments[0], PolicyDocument=json.dumps(policy))
elif action == "remove-audience":
    for arn in providers:
        if arguments[0] in iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"]:
            iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID=arguments[0])
elif action == "delete-providers":
    for arn in providers:
        iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
else:
    sys.exit(__doc__)
