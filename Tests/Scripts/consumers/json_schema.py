"""Reads JSON documents on stdin, one after the other, and holds each against the schema of docs/schema that it names.

Published schemas let readers pass over members that they do not know. Here every member has to be in its schema: what is
printed and not documented is a mistake.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMAS = pathlib.Path(__file__).parents[3] / "docs" / "schema"


def documents(text: str) -> list[object]:
    decoder, found = json.JSONDecoder(), []
    while text := text.lstrip():
        document, end = decoder.raw_decode(text)
        found.append(document)
        text = text[end:]
    return found


def closed(schema: object) -> object:
    """The schema with no member allowed that it does not name."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict):
        schema.setdefault("additionalProperties", False)
    return schema


found = documents(sys.stdin.read())
if not found:
    sys.exit("there is no JSON document")
for document in found:
    if next(iter(document)) != "schema":
        sys.exit(f"the first member is not its schema: {list(document)}")
    program, _, rest = document["schema"].partition(".")
    name, _, version = rest.partition("/")
    if program != "keyless" or not version.isdigit():
        sys.exit(f"{document['schema']!r} is no name of a schema")
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    errors = sorted(jsonschema.Draft202012Validator(closed(schema), format_checker=checker).iter_errors(document), key=str)
    if errors:
        best = jsonschema.exceptions.best_match(errors)
        sys.exit(f"{document['schema']}: {best.json_path}: {best.message}")
