#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on 127.0.0.1 for tests: serve.py FILE PORTFILE

/feed gives FILE; /moved, /big, /slow and /missing misbehave as they are called.
The port is written to PORTFILE when the server listens.
"""
import http.server
import os
import sys
import time


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
        elif self.path == "/feed":
            with open(sys.argv[1], "rb") as feed:
                body = feed.read()
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
