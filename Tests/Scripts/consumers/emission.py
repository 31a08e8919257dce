"""What `setup-provider --emit` writes, before programs that nobody here wrote.

cfn-lint and Packer's formatter, which is Terraform's, accept every form of a matrix. CloudFormation as others play it
makes of a template what `setup-provider --yes` makes of the same options, also where parameters are changed.

usage: emission.py KEYLESS forms|moto|ministack
"""

import ast
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_", "SYSTEM_")) or name == "TF_BUILD"]:
    del os.environ[name]
os.environ.update(
    AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null")

import boto3  # noqa: E402
import hcl2  # noqa: E402
from cfnlint import api as cfnlint  # noqa: E402
from servers import SERVERS  # noqa: E402

GUID = "0ca3ddd9-f0b0-4635-a98c-5866526961b6"
AZURE = ["--organization-id", GUID, "--organization", "contoso", "--offline"]
ENTRA = ["--issuer", f"https://login.microsoftonline.com/{GUID}/v2.0", "--offline"]
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Own", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
         "Resource": "arn:aws:s3:::shop/${aws:username}/*",
         "Condition": {"StringLike": {"aws:RequestTag/a": ['%{if "x"}', "\\", "Größe"]},
                       "NumericLessThan": {"s3:max-keys": "12"}, "Bool": {"aws:SecureTransport": "true"}}},
        {"Effect": "Deny", "Action": "iam:*", "Resource": "*"},
    ],
}
BOUNDARY = ["--permissions-boundary", "arn:aws:iam::aws:policy/PowerUserAccess"]
READ, WRITE = "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AmazonS3FullAccess"


def role(*options):
    return ["--role-name", "deploy", *options]


CASES = {
    "provider alone": AZURE,
    "audiences": AZURE + ["--audience", "api://AzureADTokenExchange", "--audience", "other"],
    "provider's tags": AZURE + ["--tag", "team=shop", "--tag", "cost centre=a/b:1", "--tag", "9=x", "--tag", "for=ä"],
    "names": AZURE + role("--project", "Web Shop", "--service-connection-name", "aws-prod", "--pipeline", "deploy"),
    "difficult names": AZURE + role(
        "--project", 'Größe "1"', "--service-connection-name", "a${b}\\c", "--pipeline", "%{if x}*?"),
    "comma": AZURE + role("--project", "Web, Shop", "--pipeline", "deploy", "--subject", "sc://contoso/Other/c"),
    "wildcard": AZURE + role("--subject", "sc://contoso/Web Shop/*", "--subject", "p://contoso/Web Shop/deploy"),
    "any subject": AZURE + role("--allow-any-subject"),
    "Entra": ENTRA + role("--subject", "/eid1/*/sc/x/*"),
    "everything": AZURE + role(
        "--subject", "sc://contoso/Web Shop/aws-prod", "--policy-arn", READ, "--policy-arn", WRITE, "--policy",
        "policy.json", *BOUNDARY, "--max-session-duration", "2h", "--path", "/pipelines/", "--tag", "team=shop",
        "--audience", "api://AzureADTokenExchange", "--audience", "other"),
}
# A template's options, the parameters given to it, and the options that ask for the same.
CHANGED = (
    AZURE + role("--subject", "sc://contoso/Web Shop/aws-prod"),
    {"RoleName": "other", "RolePath": "/pipelines/", "MaxSessionDuration": "7200", "PolicyArns": f"{READ},{WRITE}",
     "PermissionsBoundary": BOUNDARY[1], "Subjects": "sc://contoso/Web Shop/a,p://contoso/Web Shop/b"},
    AZURE + [
        "--role-name", "other", "--path", "/pipelines/", "--max-session-duration", "2h", "--policy-arn", READ,
        "--policy-arn", WRITE, *BOUNDARY, "--subject", "sc://contoso/Web Shop/a", "--subject", "p://contoso/Web Shop/b"],
)
OWN_TAGS = ("keyless:", "aws:")


class Keyless:
    def __init__(self, program, *common):
        self.program, self.common = program, common

    def __call__(self, *arguments):
        result = subprocess.run(
            [self.program, "setup-provider", *self.common, *arguments], capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, f"{arguments}: {result.returncode}\n{result.stdout}\n{result.stderr}"
        return result.stdout


def same(value):
    """A value and a list of it are one to IAM, and the order of a list of texts means nothing."""
    if isinstance(value, dict):
        return {name: same(member) for name, member in value.items()}
    if isinstance(value, list):
        return same(value[0]) if len(value) == 1 else sorted(map(same, value), key=json.dumps)
    return value


def check_forms(keyless, name, options):
    template = keyless(*options, "--emit", "cloudformation")
    found = cfnlint.lint(template, cfnlint.ManualArgs(regions=["eu-west-1", "us-gov-west-1", "cn-north-1"]))
    assert not found, f"{name}: {found}\n{template}"

    configuration = keyless(*options, "--emit", "terraform")
    file = pathlib.Path("main.pkr.hcl")
    file.write_text(configuration)
    formatted = subprocess.run(["packer", "fmt", "-check", "-diff", file], capture_output=True, text=True)
    assert formatted.returncode == 0, f"{name}: {formatted.stdout}{formatted.stderr}"
    resources = {kind.strip('"'): body for block in hcl2.loads(configuration)["resource"] for kind, body in block.items()}
    expected = ["aws_iam_openid_connect_provider"]
    if "--role-name" in options:
        expected += ["aws_iam_role", "aws_iam_role_policy_attachment"]
    if "--policy" in options:
        expected += ["aws_iam_role_policy"]
    assert list(resources) == expected, (name, list(resources))
    # Whatever Terraform shall replace is a reference, and no reference comes from a name.
    references = set(re.findall(r"(?<![$%])[$%]\{[^}]*", configuration))
    assert not references, (name, references)


class Account:
    """An account of an emulator, through boto3."""

    def __init__(self, endpoint):
        client = lambda service: boto3.client(service, endpoint_url=endpoint)  # noqa: E731
        self.iam, self.cloudformation = client("iam"), client("cloudformation")
        self.id = client("sts").get_caller_identity()["Account"]

    def state(self):
        """What there is of providers and roles, as far as a setup decides on it."""
        providers = {}
        for entry in self.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
            provider = self.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=entry["Arn"])
            providers[entry["Arn"]] = {
                "url": provider["Url"], "audiences": sorted(provider["ClientIDList"]),
                "thumbprints": provider["ThumbprintList"], "tags": self.tags(provider)}
        return {"providers": providers, "roles": {r["RoleName"]: self.role(r["RoleName"]) for r in self.iam.list_roles()["Roles"]}}

    def role(self, name):
        role = self.iam.get_role(RoleName=name)["Role"]
        attached = self.iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        inline = {
            policy: self.document(self.iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
            for policy in self.iam.list_role_policies(RoleName=name)["PolicyNames"]}
        return {
            "path": role["Path"], "seconds": role["MaxSessionDuration"], "trust": same(role["AssumeRolePolicyDocument"]),
            "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"), "tags": self.tags(role),
            # MiniStack's conditions know no Fn::Join, and it attaches an empty name.
            "attached": sorted(policy["PolicyArn"] for policy in attached if policy["PolicyArn"]), "inline": inline}

    @staticmethod
    def document(policy):
        # moto's CloudFormation keeps what Python prints of it.
        return same(ast.literal_eval(policy) if isinstance(policy, str) else policy)

    @staticmethod
    def tags(owner):
        return {tag["Key"]: tag["Value"] for tag in owner.get("Tags", []) if not tag["Key"].startswith(OWN_TAGS)}


def teach_moto_providers():
    """moto's CloudFormation makes no OIDC providers, and its IAM does: hands the properties on.

    cfn-lint holds them against AWS's own schema.
    """
    from moto.core.common_models import CloudFormationModel
    from moto.iam.models import iam_backends

    class Provider(CloudFormationModel):
        __module__ = "moto.iam.models"

        def __init__(self, arn):
            self.physical_resource_id = arn

        @staticmethod
        def cloudformation_name_type():
            return ""

        @staticmethod
        def cloudformation_type():
            return "AWS::IAM::OIDCProvider"

        @classmethod
        def create_from_cloudformation_json(cls, name, template, account, region, **more):
            properties = template["Properties"]
            return cls(
                iam_backends[account]["aws"].create_open_id_connect_provider(
                    url=properties["Url"], client_id_list=properties["ClientIdList"],
                    thumbprint_list=properties.get("ThumbprintList", []), tags=properties.get("Tags", [])).arn)

        @classmethod
        def delete_from_cloudformation_json(cls, name, template, account, region):
            iam_backends[account]["aws"].delete_open_id_connect_provider(name)

    return Provider


# What an emulator's CloudFormation passes over in a role.
LACKING = {"moto": "attached", "ministack": "boundary"}


def compare(account, keyless, backend, name, options, parameters, equal):
    has_role = "--role-name" in options
    if backend == "ministack":
        # It knows no providers in templates: there, the account has it already.
        if not has_role:
            return
        parameters = parameters | {"CreateProvider": "false"}
    keyless(*equal, "--yes")
    wanted = account.state()
    if has_role:
        [trust] = [role["trust"] for role in wanted["roles"].values()]
        emitted = json.loads(keyless(*equal, "--emit", "policy", "--account", account.id))
        assert same(emitted) == trust, f"{name}: {emitted}\n{trust}"
    keyless(*equal, "--remove", "--yes")
    empty = account.state()
    assert empty == {"providers": {}, "roles": {}}, (name, empty)

    template = keyless(*options, "--emit", "cloudformation")
    if backend == "moto":
        # It takes a list apart where it is given, and not where it is the default.
        defaults = {key: parameter["Default"] for key, parameter in json.loads(template)["Parameters"].items()}
        parameters = defaults | parameters
    account.cloudformation.create_stack(
        StackName="keyless", TemplateBody=template,
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()])
    account.cloudformation.get_waiter("stack_create_complete").wait(
        StackName="keyless", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    made = account.state()
    outputs = account.cloudformation.describe_stacks(StackName="keyless")["Stacks"][0]["Outputs"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in outputs}
    assert outputs["ProviderArn"] in wanted["providers"], (name, outputs)
    if has_role:
        arns = [role["Arn"] for role in account.iam.list_roles()["Roles"]]
        assert [outputs["RoleArn"]] == arns, (name, outputs, arns)
    if backend == "ministack":
        wanted["providers"] = {}
    for state in (wanted, made):
        for each in state["roles"].values():
            del each[LACKING[backend]]
    assert made == wanted, f"{name}: a stack made\n{json.dumps(made)}\nand --yes\n{json.dumps(wanted)}"
    account.cloudformation.delete_stack(StackName="keyless")
    account.cloudformation.get_waiter("stack_delete_complete").wait(
        StackName="keyless", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})


def main(program, what):
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        pathlib.Path("policy.json").write_text(json.dumps(POLICY))
        if what == "forms":
            for name, options in CASES.items():
                check_forms(Keyless(program), name, options)
            return
        if what == "moto":
            os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
            _ = teach_moto_providers()
        with SERVERS[what]() as (host, port):
            os.environ["AWS_ENDPOINT_URL"] = f"http://localhost:{port}"
            account = Account(f"http://{host}:{port}")
            keyless = Keyless(program, "--trusted-host", f"localhost:{port}")
            for name, options in CASES.items():
                compare(account, keyless, what, name, options, {}, options)
            options, parameters, equal = CHANGED
            compare(account, keyless, what, "changed parameters", options, parameters, equal)


main(*sys.argv[1:])
