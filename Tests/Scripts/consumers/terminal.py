"""Runs a command at a terminal of its own, types an answer at its question, and prints what a person sees.

usage: terminal.py ANSWER COMMAND ARGUMENT...
"""

import os
import pty
import sys

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:  # Linux says so when the last one at the terminal is gone
        break
    if not data:
        break
    shown += data
    if data.endswith(b"[y/N] "):
        os.write(terminal, sys.argv[1].encode() + b"\n")
sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
