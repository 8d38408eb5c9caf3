#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on 127.0.0.1 for tests: serve.py FILE PORTFILE

/feed gives FILE, /header/N the same with a header of N bytes; /moved, /big, /slow
and /missing misbehave as they are called.
The port is written to PORTFILE when the server listens.
"""
import http.server
import os
import sys
import time


def feed():
    with open(sys.argv[1], "rb") as file:
        return file.read()


def header_of(size):
    """So many bytes, in lines that are not too long themselves."""
    head = b"HTTP/1.0 200 OK\r\n"
    while size - len(head) > 20000:
        head += b"X: " + 9995 * b"x" + b"\r\n"
    return head + b"X: " + (size - len(head) - 7) * b"x" + b"\r\n\r\n"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/feed")
            self.end_headers()
        elif self.path == "/big":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(64):
                    self.wfile.write(b" " * (1 << 20))
            except OSError:
                pass
        elif self.path == "/slow":
            time.sleep(5)
        elif self.path.startswith("/header/"):
            self.wfile.write(header_of(int(self.path[len("/header/"):])) +
                             feed())
        elif self.path == "/feed":
            body = feed()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[2] + ".new", "w") as out:
    out.write(str(server.server_address[1]))
os.rename(sys.argv[2] + ".new", sys.argv[2])
server.serve_forever()
