"""Servers that behave as badly as networks do, byte by byte. One a process; the tests start and end them.

    server.py web  [--tls CERT KEY] [--newest-tls 1.1]   what it does is named by the request's path, see Web
    server.py mute                                       accepts connections and never says a word
    server.py say TEXT                                   hears a little, says TEXT and hangs up
    server.py full                                       a listen queue with no room: connecting gets no answer
    server.py proxy [--route HOST=PORT…] --target PORT [--refuse STATUS] [--hang-up]
                                                         CONNECT to HOST, or to any other, leads to 127.0.0.1:PORT
    server.py nghttpd CERT KEY                           the nghttp2 project's server, which echoes uploads

Prints its port, chosen by the system, then one line an event. Ends when its standard input does.
"""
import argparse
import os
import select
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time

output = threading.Lock()


def report(event):
    with output:
        print(event, flush=True)


def listen(backlog=512):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(backlog)
    return listener


def serve(listener, handle):
    report(listener.getsockname()[1])

    def accept():
        number = 0
        while True:
            connection, _ = listener.accept()
            number += 1
            threading.Thread(target=run, args=(handle, connection, number), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def run(handle, connection, number):
    try:
        handle(connection, number)
    except (OSError, ValueError):
        pass
    finally:
        connection.close()
        report(f"closed {number}")


def read_head(stream):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            return None
        head += line
    return head


def fields_of(head):
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}


class Web:
    """Every answer says which connection it came by, how many requests that connection has had, and with TLS
    whether it resumed a session."""

    def __init__(self, context):
        self.context = context
        self.gate = threading.Condition()
        self.waiting = 0

    def handle(self, connection, number):
        if self.context:
            connection = self.context.wrap_socket(connection, server_side=True)
        with connection, connection.makefile("rb") as stream:
            count = 0
            while True:
                head = read_head(stream)
                if head is None:
                    return
                count += 1
                body = stream.read(int(fields_of(head).get("content-length", 0)))
                method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
                report(f"request {method} {target}")
                path, _, argument = target.partition("?")
                trace = f"x-connection: {number}\r\nx-count: {count}\r\n"
                if self.context:
                    trace += f"x-resumed: {connection.session_reused}\r\n"
                action = getattr(self, path.strip("/").replace("-", "_") or "root", self.missing)
                if action(connection, argument, head + body, trace) == "end":
                    return

    @staticmethod
    def answer(connection, trace, body=b"", status="200 OK", extra=""):
        length = f"content-length: {len(body)}\r\n"
        connection.sendall(f"HTTP/1.1 {status}\r\n{trace}{extra}{length}\r\n".encode() + body)

    def root(self, connection, argument, request, trace):
        self.answer(connection, trace)

    def echo(self, connection, argument, request, trace):
        self.answer(connection, trace, request)

    def missing(self, connection, argument, request, trace):
        self.answer(connection, trace, request, "404 Not Found")

    def bytes(self, connection, argument, request, trace):
        self.answer(connection, trace, bytes(range(256)) * (int(argument) // 256))

    def status(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 {argument} Whatever\r\n{trace}location: /echo\r\n".encode())
        connection.sendall(b"\r\n" if argument in ("204", "304") else b"content-length: 0\r\n\r\n")

    def interim(self, connection, argument, request, trace):
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")
        self.answer(connection, trace, b"final")

    def chunked(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 200 OK\r\n{trace}transfer-encoding: chunked\r\n\r\n".encode())
        connection.sendall(b"3\r\nabc\r\n2\r\nde\r\n0\r\nx-trailer: late\r\n\r\n")

    def gate_of(self, connection, argument, request, trace):
        with self.gate:
            self.waiting += 1
            self.gate.notify_all()
            self.gate.wait_for(lambda: self.waiting >= int(argument))
        self.answer(connection, trace, b"together")

    def silent(self, connection, argument, request, trace):
        connection.recv(1)
        return "end"

    def hang_up(self, connection, argument, request, trace):
        return "end"

    def drip(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 200 OK\r\n{trace}content-length: 1000000\r\n\r\n".encode())
        while True:
            connection.sendall(b".")
            time.sleep(0.01)

    def endless(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 200 OK\r\n{trace}transfer-encoding: chunked\r\n\r\n".encode())
        while True:
            connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    def endless_header(self, connection, argument, request, trace):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"x-filler: " + b"x" * 1000 + b"\r\n")

    def truncated(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 200 OK\r\n{trace}content-length: 100\r\n\r\nten bytes.".encode())
        return "end"

    def truncated_chunk(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 200 OK\r\n{trace}transfer-encoding: chunked\r\n\r\n64\r\nten bytes.".encode())
        return "end"

    def reset(self, connection, argument, request, trace):
        connection.sendall(f"HTTP/1.1 200 OK\r\n{trace}content-length: 100\r\n\r\nten bytes.".encode())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return "end"

    def garbage(self, connection, argument, request, trace):
        connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n" + bytes(range(128, 256)))
        return "end"


class Proxy:
    def __init__(self, arguments):
        self.arguments = arguments

    def handle(self, connection, number):
        stream = connection.makefile("rb", buffering=0)
        head = read_head(stream)
        if head is None:
            return
        report(head.split(b"\r\n")[0].decode() + " " + fields_of(head).get("proxy-authorization", "-"))
        if self.arguments.hang_up:
            return
        if self.arguments.refuse:
            connection.sendall(
                f"HTTP/1.1 {self.arguments.refuse} No\r\nproxy-authenticate: Basic realm=x\r\n"
                "content-length: 0\r\n\r\n".encode())
            return
        host = head.split(b" ")[1].rpartition(b":")[0].decode()
        port = dict(route.split("=") for route in self.arguments.route).get(host, self.arguments.target)
        with socket.create_connection(("127.0.0.1", int(port))) as target:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\nx-proxy: yes\r\n\r\n")
            while True:
                for ready in select.select([connection, target], [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    (target if ready is connection else connection).sendall(data)


def mute(connection, number):
    while connection.recv(65536):
        pass


def say(text):
    def handle(connection, number):
        connection.recv(65536)
        connection.sendall(text.encode())

    return handle


def fill(listener):
    """Connects until the queue takes no more; the kernel then drops what arrives."""
    kept = []
    for _ in range(8):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(listener.getsockname())
        kept.append(client)
    report(listener.getsockname()[1])
    return kept


def nghttpd(certificate, key):
    for _ in range(10):
        with listen() as probe:
            port = probe.getsockname()[1]
        child = subprocess.Popen(
            ["nghttpd", "--address=127.0.0.1", "--echo-upload", f"--htdocs={os.path.dirname(certificate)}",
             str(port), key, certificate], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while child.poll() is None:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    report(port)
                    return child
            time.sleep(0.01)
    sys.exit("nghttpd does not start")


parser = argparse.ArgumentParser()
kinds = parser.add_subparsers(dest="kind", required=True)
web = kinds.add_parser("web")
web.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
web.add_argument("--newest-tls", choices=["1.1", "1.2"])
kinds.add_parser("mute")
kinds.add_parser("say").add_argument("text")
kinds.add_parser("full")
proxy = kinds.add_parser("proxy")
proxy.add_argument("--target", type=int, default=0)
proxy.add_argument("--route", action="append", default=[])
proxy.add_argument("--refuse", type=int)
proxy.add_argument("--hang-up", action="store_true")
h2 = kinds.add_parser("nghttpd")
h2.add_argument("certificate")
h2.add_argument("key")
arguments = parser.parse_args()

child, kept = None, None
if arguments.kind == "web":
    context = None
    if arguments.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*arguments.tls)
        if arguments.newest_tls:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = getattr(ssl.TLSVersion, "TLSv" + arguments.newest_tls.replace(".", "_"))
    serve(listen(), Web(context).handle)
elif arguments.kind == "proxy":
    serve(listen(), Proxy(arguments).handle)
elif arguments.kind == "mute":
    serve(listen(), mute)
elif arguments.kind == "say":
    serve(listen(), say(arguments.text))
elif arguments.kind == "full":
    listener = listen(backlog=0)
    kept = fill(listener)
else:
    child = nghttpd(arguments.certificate, arguments.key)

sys.stdin.read()
if child:
    child.terminate()
    child.wait()
os._exit(0)
