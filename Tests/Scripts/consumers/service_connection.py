"""Prints a service connection of the job's project as Azure DevOps tells it, its members in order.

usage: service_connection.py NAME [PROJECT]
"""

import base64
import json
import os
import ssl
import sys
import urllib.parse
import urllib.request

name = sys.argv[1]
project = sys.argv[2] if len(sys.argv) > 2 else os.environ["SYSTEM_TEAMPROJECT"]
query = urllib.parse.urlencode({"endpointNames": name, "includeFailed": "true", "api-version": "7.1"})
url = f"{os.environ['SYSTEM_COLLECTIONURI']}{urllib.parse.quote(project)}/_apis/serviceendpoint/endpoints?{query}"
credential = base64.b64encode((":" + os.environ["AZURE_DEVOPS_EXT_PAT"]).encode()).decode()
request = urllib.request.Request(url, headers={"Authorization": f"Basic {credential}"})
trust = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
with urllib.request.urlopen(request, context=trust) as answer:
    (connection,) = json.load(answer)["value"]
json.dump(connection, sys.stdout, indent=1, sort_keys=True)
print()
