"""Changes the only session in the cache, as if time had passed or somebody had been at the file.

usage: cache_entry.py MEMBER=SECONDS …

The members are moments, given in seconds from now; `corrupt` cuts the file in half.
"""

import datetime
import glob
import json
import os
import sys
import time

directory = os.environ["AGENT_TEMPDIRECTORY"] + "/keyless/cache"
(path,) = [file for file in glob.glob(directory + "/*") if len(os.path.basename(file)) == 64]
with open(path, "r+") as file:
    text = file.read()
    file.seek(0)
    file.truncate()
    if sys.argv[1:] == ["corrupt"]:
        file.write(text[: len(text) // 2])
    else:
        entry = json.loads(text)
        for change in sys.argv[1:]:
            name, seconds = change.split("=")
            moment = time.time() + float(seconds)
            if name == "expiration":
                date = datetime.datetime.fromtimestamp(moment, datetime.timezone.utc)
                moment = date.strftime("%Y-%m-%dT%H:%M:%SZ")
            assert name in entry or name == "quietUntil", entry.keys()
            entry[name] = moment
        json.dump(entry, file)
