"""A proxy in front of an emulator of AWS that notes what it is asked for."""

import http.client
import http.server
import threading
import urllib.parse


class Recorder(http.server.ThreadingHTTPServer):
    """Hands every request on as it is, and notes which operation it asks for.

    `before` is called with the operation, if there is one, before the request goes on.
    """

    daemon_threads = True

    def __init__(self, backend, before=None):
        self.backend, self.before, self.actions = backend, before, []
        super().__init__(("127.0.0.1", 0), self.Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target = self.headers.get("X-Amz-Target")
            actions = [target.split(".")[-1]] if target else urllib.parse.parse_qs(body.decode()).get("Action", [])
            self.server.actions += actions
            for action in actions:
                if self.server.before:
                    self.server.before(action)
            connection = http.client.HTTPConnection(*self.server.backend)
            connection.request("POST", self.path, body, dict(self.headers))
            answer = connection.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            pass
