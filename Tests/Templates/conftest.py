"""Stand-ins for the programs that the templates' scripts run."""

import os

import pytest


@pytest.fixture
def fake_keyless(tmp_path):
    """A `keyless` that prints each of its arguments on a line, for `exec` runs its command too."""
    directory = tmp_path / "bin"
    directory.mkdir()
    program = directory / "keyless"
    program.write_text(
        '#!/bin/sh\nfor argument; do printf "<%s>\\n" "$argument"; done\n'
        'while [ "$#" -gt 0 ]; do [ "$1" = -- ] && { shift; exec "$@"; }; shift; done\n'
    )
    program.chmod(0o755)
    return f"{directory}:{os.environ['PATH']}"
