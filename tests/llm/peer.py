#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine 'llm' against a mock of such services that others wrote.

@copilotkit/aimock answers all three wire formats from fixtures and can be made
to fail; `make peer` installs it below build/. Prints TAP.

usage: peer.py PATH-OF-CLI.JS
"""
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402

WIRES = ("openai", "anthropic", "ollama")
CHAOS = ("ratelimit", "malformed", "drop", "disconnect")
results = []
saying = threading.Lock()


def ok(holds, name, note=""):
    with saying:
        results.append(bool(holds))
        print("%s %d - %s" % ("ok" if holds else "not ok", len(results), name))
        if not holds and note:
            print("# " + str(note).replace("\n", "\n# "), file=sys.stderr)
        sys.stdout.flush()


class Peer:
    def __init__(self, cli, fixtures, *options):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            ["node", cli, "-h", "127.0.0.1", "-p", str(self.port), "-f",
             fixtures, "--log-level", "silent", *options])
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)

    def url(self, api):
        return "http://127.0.0.1:%d%s" % (self.port,
                                          "" if api == "ollama" else "/v1")

    def journal(self):
        where = "http://127.0.0.1:%d/__aimock/journal" % self.port
        with urllib.request.urlopen(where) as answer:
            return json.loads(answer.read())

    def close(self):
        self.process.terminate()
        self.process.wait()


def summary_of(done):
    return json.loads(done.stdout)["threads"][0]["summary"]


def ask(box, peer, api):
    box.forget()
    box.configure(run.settings_of({"provider": api}, peer))
    return box.run(["report", "--format=json", "--engine=llm",
                    "--now=" + run.NOW, run.THREAD])


def write_fixtures(box):
    with open(run.HERE + "/cases/ok-openai.json") as file:
        answer = json.load(file)["replies"][0]["answer"]
    path = box.dir + "/fixtures.json"
    with open(path, "w") as out:
        json.dump({"fixtures": [
            {"match": {"userMessage": "the mails end here"},
             "response": {"content": json.dumps(answer)}}]}, out)
    return path


def test_wire(cli, api):
    box = run.Box()
    try:
        fixtures = write_fixtures(box)
        peer = Peer(cli, fixtures, "--strict", "--validate-on-load")
        done = ask(box, peer, api)
        summary = summary_of(done)
        ok(done.returncode == 0 and summary["engine"] == "llm" and
           summary["dropped"] == 0, api + ": a digest", done.stderr)
        ok(len(peer.journal()) == 1, api + ": one request")
        peer.close()
        for chaos in CHAOS:
            for rate in ("1", "0.3"):
                peer = Peer(cli, fixtures, "--chaos-" + chaos, rate)
                done = ask(box, peer, api)
                engine = summary_of(done)["engine"]
                allowed = ("extract",) if rate == "1" else ("extract", "llm")
                ok(done.returncode == 0 and engine in allowed,
                   "%s: %s at %s: %s" % (api, chaos, rate, engine),
                   done.stderr)
                peer.close()
    finally:
        box.close()


def main(cli):
    wires = [threading.Thread(target=test_wire, args=(cli, api))
             for api in WIRES]
    for wire in wires:
        wire.start()
    for wire in wires:
        wire.join()
    # A thread that died has not said all of it.
    wanted = len(WIRES) * (2 + 2 * len(CHAOS))
    print("1..%d" % wanted)
    return 0 if len(results) == wanted and all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
