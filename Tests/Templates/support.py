"""What the tests of the templates share: reading and expanding them, and running their scripts."""

import os
import pathlib
import re
import subprocess

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "pipeline-templates").glob("*.yml"))


def load(path):
    # The schema was written for a loader that leaves every scalar a string.
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)


def template(name):
    return load(ROOT / "pipeline-templates" / name)


def expand(node, parameters):
    """Replaces `${{ … }}` as far as our templates use it; anything else in there is an error."""
    if isinstance(node, dict):
        return {key: expand(value, parameters) for key, value in node.items()}
    if isinstance(node, list):
        return [expand(value, parameters) for value in node]
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: evaluate(match[1], parameters), node)


def evaluate(expression, parameters):
    if literal := re.fullmatch(r"'([^']*)'", expression):
        return literal[1]
    if name := re.fullmatch(r"parameters\.(\w+)", expression):
        return parameters[name[1]]
    if comparison := re.fullmatch(r"eq\(([^,()]+), ([^,()]+)\)", expression):
        one, other = (evaluate(side, parameters).lower() for side in comparison.groups())
        return str(one == other)
    if choice := re.fullmatch(r"iif\((eq\([^()]+\)|[^,]+), ([^,]+), ([^,]+)\)", expression):
        is_true = evaluate(choice[1], parameters).lower() == "true"
        return evaluate(choice[2 if is_true else 3], parameters)
    raise AssertionError(f"the expander does not know ${{{{ {expression} }}}}")


def steps(name, **given):
    """The steps of a template, expanded with its defaults and what is given."""
    document = template(name)
    declared = {parameter["name"]: parameter for parameter in document["parameters"]}
    assert given.keys() <= declared.keys(), "a parameter that the template does not declare"
    values = {key: given.get(key, declaration.get("default")) for key, declaration in declared.items()}
    assert None not in values.values(), "a parameter without a default must be given"
    return expand(document["steps"], values)


def bash_step(name, **given):
    [step] = [step for step in steps(name, **given) if "bash" in step]
    return step


REQUIRED = {
    "install.yml": {"version": "1.2.3"},
    "assume-role.yml": {"roleArn": "arn:aws:iam::111122223333:role/deploy"},
    "exec.yml": {"roleArn": "arn:aws:iam::111122223333:role/deploy", "script": "true"},
    "serve.yml": {},
    "rotate-access-key.yml": {"roleArn": "arn:aws:iam::111122223333:role/rotate"},
    "refresh-thumbprints.yml": {"roleArn": "arn:aws:iam::111122223333:role/thumbprints"},
}

# The templates that ask for a token, and their parameter for the service connection whose token it is.
IDENTITY = {
    "assume-role.yml": "serviceConnection",
    "exec.yml": "serviceConnection",
    "serve.yml": "serviceConnection",
    "rotate-access-key.yml": "identityConnection",
    "refresh-thumbprints.yml": "serviceConnection",
}


def run(step, environment, path=os.environ["PATH"], directory=None):
    """Runs a step as the agent does: its mapped environment, macros that nothing defines left as they are."""
    return subprocess.run(
        ["bash", "-c", step["bash"]],
        env={"PATH": path, **step["env"], **environment},
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def arguments(result):
    return re.findall(r"^<(.*)>$", result.stdout, re.MULTILINE)
