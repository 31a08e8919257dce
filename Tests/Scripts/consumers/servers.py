"""AWS as others play it, each on a free port of this machine."""

import contextlib
import os
import socket
import subprocess
import sys
import time


@contextlib.contextmanager
def moto():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield server.get_host_and_port()
    finally:
        server.stop()


@contextlib.contextmanager
def ministack():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "ministack"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=dict(os.environ, GATEWAY_PORT=str(port), BIND_HOST="127.0.0.1", PERSIST_STATE="0"))
    try:
        deadline = time.monotonic() + 60
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None and time.monotonic() < deadline, "MiniStack does not start"
            time.sleep(0.05)
        yield "127.0.0.1", port
    finally:
        # It holds nothing worth keeping, and may have been started with SIGTERM blocked.
        process.kill()
        process.wait()


SERVERS = {"moto": moto, "ministack": ministack}
