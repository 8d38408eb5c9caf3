#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine 'llm' through a gateway that others run; prints TAP.

@portkey-ai/gateway takes OpenAI's requests and asks services of other kinds,
here our stub (stub.py), so that both the request and the answer are put into
another form on the way. Which service, it is told by headers that whoever runs
it has a proxy in front set: Front.

usage: gateway.py PATH-OF-START-SERVER.JS
"""
import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402
from stub import Stub  # noqa: E402

results = []


def ok(holds, name, note=""):
    results.append(bool(holds))
    print("%s %d - %s" % ("ok" if holds else "not ok", len(results), name))
    if not holds and note:
        print("# " + str(note).replace("\n", "\n# "), file=sys.stderr)
    sys.stdout.flush()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Gateway:
    def __init__(self, program, place):
        self.port = free_port()
        self.log = open(place + "/gateway.log", "w")
        self.process = subprocess.Popen(
            ["node", program, "--port=%d" % self.port, "--headless"],
            stdout=self.log, stderr=self.log)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the gateway does not start")

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


class Pass(http.server.BaseHTTPRequestHandler):
    """One request on, with the headers of the front, and its answer back."""

    def log_message(self, *args):
        pass

    def do_POST(self):
        front = self.server.front
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in
                   ("Authorization", "Content-Type") if name in self.headers}
        headers.update(front.headers)
        asked = urllib.request.Request(
            "http://127.0.0.1:%d%s" % (front.gateway.port, self.path), body,
            headers)
        try:
            answer = urllib.request.urlopen(asked)
        except urllib.error.HTTPError as failed:
            answer = failed
        front.requests += 1
        body = answer.read()
        self.send_response(answer.status)
        for name in ("Content-Type", "Retry-After"):
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Front:
    def __init__(self, gateway, headers):
        self.gateway, self.headers, self.requests = gateway, headers, 0
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pass)
        self.server.daemon_threads = True
        self.server.front = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever,
                         kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, api):
        return "http://127.0.0.1:%d/v1" % self.port

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def ask(box, gateway, kind, replies, **settings):
    """What came of it, what was said, requests to the gateway, to the stub."""
    stub = Stub(replies)
    front = Front(gateway, {
        "x-portkey-provider": kind,
        "x-portkey-custom-host": "http://127.0.0.1:%d/v1" % stub.port}
        if kind else {})
    box.forget()
    box.configure(run.settings_of({"settings": settings}, front))
    done = box.run(["report", "--format=json", "--engine=llm",
                    "--now=" + run.NOW, run.THREAD])
    front.close()
    stub.close()
    summary = json.loads(done.stdout)["threads"][0]["summary"]
    return summary, done.stderr.decode(), front.requests, stub.requests


def test_kinds(box, gateway, good):
    for kind, path in (("openai", "/v1/chat/completions"),
                       ("anthropic", "/v1/messages"),
                       ("openrouter", "/v1/v1/chat/completions"),
                       ("mistral-ai", "/v1/chat/completions")):
        summary, said, asked, sent = ask(box, gateway, kind,
                                         [{"answer": good}])
        ok(summary["engine"] == "llm" and summary["dropped"] == 0 and
           asked == 1, kind + ": a digest", said)
        ok([r["path"] for r in sent] == [path] and
           run.KEY in str(sent[0]["headers"]),
           kind + ": asked in its form, with the key",
           [r["path"] for r in sent])


def test_errors(box, gateway, good):
    summary, said, asked, sent = ask(
        box, gateway, "openai",
        [{"status": 429, "headers": {"Retry-After": "1"},
          "json": {"error": {"message": "slow down"}}}, {"answer": good}])
    ok(summary["engine"] == "llm" and asked == 2, "a rate limit is waited for",
       said)
    summary, said, asked, sent = ask(
        box, gateway, "anthropic",
        [{"status": 401, "json": {"type": "error", "error": {
            "type": "authentication_error", "message": "invalid x-api-key"}}}])
    ok(summary["engine"] == "extract" and asked == 1 and
       "invalid x-api-key" in said and "(401)" in said,
       "an error of the service behind it is told", said)
    summary, said, asked, sent = ask(
        box, gateway, "openai",
        [{"status": 400, "json": {"error": {"message": (
            "Unrecognized request argument supplied: "
            "chat_template_kwargs")}}}, {"answer": good}])
    ok(summary["engine"] == "llm" and asked == 2 and
       "chat_template_kwargs" not in sent[-1]["raw"],
       "what the service behind it does not take is left out", said)
    summary, said, asked, sent = ask(box, gateway, None, [{"answer": good}])
    ok(summary["engine"] == "extract" and asked == 1 and not sent and
       "x-portkey-provider header is required (400)" in said,
       "an error of its own is told whole", said)


def main(program):
    with open(run.HERE + "/cases/ok-openai.json") as file:
        good = json.load(file)["replies"][0]["answer"]
    box = run.Box()
    gateway = Gateway(program, box.dir)
    try:
        test_kinds(box, gateway, good)
        test_errors(box, gateway, good)
    finally:
        gateway.close()
        box.close()
    print("1..%d" % len(results))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
