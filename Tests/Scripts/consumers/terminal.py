"""Runs a command at a terminal of its own, types an answer at its question, and prints what a person sees.

usage: terminal.py ANSWER COMMAND ARGUMENT...

With "-" in place of ANSWER each question waits for a line of stdin, what a person sees is printed as it comes, and a
NUL and the exit code follow the end.
"""

import os
import pty
import sys

answers = sys.argv[1]
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
    if answers == "-":
        sys.stdout.buffer.write(data.replace(b"\r", b""))
        sys.stdout.buffer.flush()
    if data.endswith(b"[y/N] "):
        answer = sys.stdin.readline().strip() if answers == "-" else answers
        os.write(terminal, answer.encode() + b"\n")
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if answers == "-":
    sys.stdout.write(f"\0{code}")
else:
    sys.stdout.write(shown.decode().replace("\r\n", "\n"))
    sys.exit(code)
