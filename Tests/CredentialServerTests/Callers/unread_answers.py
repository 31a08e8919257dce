"""Asks until the server stops listening, reading nothing; then reads all answers.

usage: unread_answers.py CREDENTIAL-SERVER-HOST
"""

import select
import socket
import sys
import threading

import host

with host.started(sys.argv[1]) as server:
    caller = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    caller.setblocking(False)
    before = server.memory()
    sent = 0
    # More than both ends' buffers hold, and too much to keep for whoever does not read.
    limit = 100_000 * len(server.request)
    while sent < limit and select.select([], [caller], [], 2)[1]:
        rest = server.request[sent % len(server.request) :] + server.request * 100
        sent += caller.send(rest)
    assert sent < limit, "the server listened on and on"
    growth = server.memory() - before
    assert growth < 8192, f"{growth} kB more"

    caller.setblocking(True)
    rest = (server.request * 2)[sent % len(server.request) :][: -sent % len(server.request)]
    sender = threading.Thread(target=caller.sendall, args=(rest,))
    sender.start()
    answers = caller.makefile("rb")
    for _ in range((sent + len(rest)) // len(server.request)):
        host.read_answer(answers)
    sender.join()
    # Others were answered meanwhile.
    other = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    other.sendall(server.request)
    host.read_answer(other.makefile("rb"))
    print("all answered")
