"""The credential server as a child process."""

import contextlib
import os
import subprocess

TOKEN = "0123456789abcdef" * 4


class Host:
    def __init__(self, process):
        self.pid = process.pid
        self.port = int(process.stdout.readline())
        self.request = (
            f"GET /role/deploy HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: {TOKEN}\r\n\r\n").encode()

    def memory(self, which="VmRSS"):
        """In kB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(which))

    def sockets(self):
        count = 0
        for name in os.listdir(f"/proc/{self.pid}/fd"):
            with contextlib.suppress(FileNotFoundError):
                count += os.readlink(f"/proc/{self.pid}/fd/{name}").startswith("socket:")
        return count


@contextlib.contextmanager
def started(program):
    with subprocess.Popen([program, TOKEN], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Host(process)
        process.stdin.close()
        assert process.wait() == 0, "the server did not end well"


def read_answer(file):
    """The body of the next answer, which has to be a good one."""
    status = file.readline()
    assert status == b"HTTP/1.1 200 OK\r\n", status
    length = 0
    while (line := file.readline()) != b"\r\n":
        if line.startswith(b"Content-Length: "):
            length = int(line.split()[1])
    body = file.read(length)
    assert len(body) == length and b'"AccessKeyId":"ASIAIOSFODNN7EXAMPLE"' in body, body
    return body
