#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine 'llm' against llama.cpp's own server; prints TAP.

The model is of random weights (gguf.py): what it says is of no use, but what the
server does with requests, schemas, keys, contexts and hang-ups is what it does
to anybody. tests/llm/llama.mk builds the server.

usage: llama.py PATH-OF-LLAMA-SERVER
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gguf  # noqa: E402
import run  # noqa: E402

results = []
TALKATIVE = {"\"": -30.0, "}": -30.0, "</s>": -30.0}


def ok(holds, name, note=""):
    results.append(bool(holds))
    print("%s %d - %s" % ("ok" if holds else "not ok", len(results), name))
    if not holds and note:
        print("# " + str(note).replace("\n", "\n# "), file=sys.stderr)
    sys.stdout.flush()


class Server:
    """A running llama-server; one thread, since more only wait for it."""

    def __init__(self, program, model, context):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = model + ".log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [program, "-m", model, "--host", "127.0.0.1", "--port",
                 str(self.port), "-c", str(context), "--parallel", "1",
                 "--threads", "1", "--threads-batch", "1", "--jinja",
                 "--api-key", run.KEY], stdout=log, stderr=log)
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url("ollama") + "/health")
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError("llama-server does not start: " + self.said())

    def url(self, api):
        return "http://127.0.0.1:%d%s" % (self.port,
                                          "" if api == "ollama" else "/v1")

    def said(self):
        with open(self.log, errors="replace") as log:
            return log.read()

    def close(self):
        self.process.terminate()
        self.process.wait()


def arguments(query=run.THREAD):
    return ["report", "--format=json", "--engine=llm", "--verbose",
            "--now=" + run.NOW, query]


def configure(box, server, api="openai", **more):
    more = {"llm." + name: value for name, value in more.items()}
    box.configure(run.settings_of(
        {"provider": api, "settings": {"llm.context": "4000", **more}}, server))


def ask(box, server, api="openai", query=run.THREAD, **more):
    """The exit code, what was said on stderr, requests, tokens each way."""
    box.forget()
    configure(box, server, api, **more)
    done = box.run(arguments(query))
    said = done.stderr.decode()
    counts = re.search(r"(\d+) requests, (\d+) tokens sent, (\d+) rec", said)
    assert json.loads(done.stdout)["threads"]
    return done.returncode, said, [int(n) for n in counts.groups()]


def test_wires(box, program, place):
    gguf.write(place + "/short.gguf")
    server = Server(program, place + "/short.gguf", 16384)
    code, said, counts = ask(box, server)
    ok(code == 0 and "could be proved" in said,
       "OpenAI's wire: an answer in the form of the schema", said)
    ok(counts[1] > 4000 and counts[2] > 0, "its tokens are counted", counts)
    code, said, counts = ask(box, server, thinking="low")
    ok(code == 0 and "could be proved" in said,
       "it takes what is said about thinking", said)
    code, said, counts = ask(box, server, "anthropic")
    ok(code == 0 and counts[0] == 2 and counts[1] > 4000 and
       "not the JSON asked for" in said,
       "Anthropic's wire: an answer, without the form", (counts, said))
    code, said, counts = ask(box, server, url=server.url("ollama"))
    ok(code == 0 and "could be proved" in said, "by its host alone", said)
    os.environ["ND_OTHER_KEY"] = box.env["ND_OTHER_KEY"] = "wrong"
    code, said, counts = ask(box, server, key_env="ND_OTHER_KEY")
    ok(code == 0 and counts[0] == 1 and "(401)" in said,
       "a wrong key is asked with once", (counts, said))
    code, said, counts = ask(box, server, url=server.url("openai") + "/none")
    ok(code == 0 and counts[0] == 1 and "(404)" in said,
       "so is a wrong path", (counts, said))
    server.close()
    code, said, counts = ask(box, server)
    ok(code == 0 and counts[0] > 1 and "onnect" in said,
       "a server that is gone is told", (counts, said))


def test_context(box, program, place):
    words = "The reading number %d of the sensor was %d, on bus %d.\n"
    box.add(["From: P%d <p%d@example.org>\nTo: l@example.org\nSubject: %sLong"
             "\nDate: 3 Apr 2026 10:%02d:00 +0000\nMessage-ID: <l%d@x.example>"
             "\n%s\n%s" % (
                 n, n, "Re: " if n else "", n, n,
                 "In-Reply-To: <l0@x.example>\n" if n else "",
                 "".join(words % (n, 100 * n + i, i) for i in range(12)))
             for n in range(20)])
    box.index()
    server = Server(program, place + "/short.gguf", 10240)
    code, said, counts = ask(box, server, query="subject:Long",
                             context="16000")
    ok(code == 0 and counts[0] > 1 and
       "exceed" in server.said() and "(400)" not in said,
       "a context that is smaller than thought: in smaller pieces",
       (counts, said))
    server.close()


def test_form(box, program, place):
    gguf.write(place + "/bytes.gguf", bytes_only=True)
    server = Server(program, place + "/bytes.gguf", 16384)
    code, said, counts = ask(box, server)
    ok(code == 0 and counts[0] > 2 and "samplers" not in said and
       counts[2] > 0, "a form that it cannot keep is not asked for again",
       (counts, said))
    server.close()


def test_hang_up(box, program, place):
    gguf.write(place + "/talk.gguf", TALKATIVE)
    server = Server(program, place + "/talk.gguf", 16384)
    box.forget()
    configure(box, server, context="16000")
    process = subprocess.Popen(
        [run.PROGRAM] + arguments(), env=box.env, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    for _ in range(600):
        if "n_gen" in server.said():
            break
        time.sleep(0.1)
    began = time.time()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    ok(time.time() - began < 5 and process.returncode == -signal.SIGINT,
       "^C ends it while the model talks", process.returncode)
    for _ in range(100):
        if "cancel task" in server.said():
            break
        time.sleep(0.1)
    ok("cancel task" in server.said(), "and the server stops, too",
       server.said()[-500:])
    code, said, counts = ask(box, server, context="4000")
    ok(code == 0 and counts[0] == 2 and counts[2] == 1000 + 2000,
       "an answer without end is asked for once more, with more room",
       (counts, said))
    server.close()


def main(program):
    box = run.Box()
    tests = (test_wires, test_context, test_form, test_hang_up)
    try:
        for test in tests:
            test(box, program, box.dir)
    finally:
        box.close()
    print("1..%d" % len(results))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
