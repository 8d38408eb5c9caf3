# SPDX-License-Identifier: GPL-3.0-or-later
"""refuse.py PORTFILE KEYFILE - a service that takes no key, and writes them down"""
import http.server
import sys


class Refuse(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with open(sys.argv[2], "a") as keys:
            print(self.headers.get("Authorization"), file=keys)
        self.send_response(401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Refuse)
with open(sys.argv[1], "w") as port:
    print(server.server_port, file=port)
server.serve_forever()
