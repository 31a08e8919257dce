"""Opens connections that ask nothing, as many as the machine lets one process have, and asks something now and then.

usage: many_connections.py CREDENTIAL-SERVER-HOST
"""

import resource
import socket
import sys

import host

WANTED = 10_000

_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if hard != resource.RLIM_INFINITY and hard < WANTED + 200:
    print(f"this machine allows {hard} open files, so fewer than {WANTED} connections are opened")
    WANTED = hard - 200
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

with host.started(sys.argv[1]) as server:
    before = server.memory()
    held = []
    answered = most = 0
    for number in range(WANTED):
        held.append(socket.create_connection(("127.0.0.1", server.port), timeout=60))
        if number % 100 == 0:
            with socket.create_connection(("127.0.0.1", server.port), timeout=60) as caller:
                for _ in range(3):
                    caller.sendall(server.request)
                    host.read_answer(caller.makefile("rb"))
                    answered += 1
            most = max(most, server.sockets())
    # Those that came first were closed for those that came last: nothing to read, and no reset.
    for connection in held[: WANTED - 1000]:
        assert connection.recv(1) == b"", "a connection that should have made room did not"
    caller = held[-1]
    caller.sendall(server.request)
    host.read_answer(caller.makefile("rb"))
    growth = server.memory("VmHWM") - before
    # 512 connections, the listener, and what the event loop has.
    assert most <= 520, f"{most} sockets"
    assert growth < 16_384, f"{growth} kB more at the most"
    print(f"{len(held)} connections opened, {answered + 1} requests answered, {most} sockets, {growth} kB")
