#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the cases of tests/llm/cases against the stub; prints TAP.

usage: run.py [--regold] [CASE...]

A case is one JSON file: what it shows, the replies of the service (stub.py),
settings and arguments of the program, and what must come of it. Every case
also asserts that the key is nowhere in what the program prints, keeps or shows
as its arguments, and that all requests went to loopback.
"""
import glob
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from stub import Stub  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SRC = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("ND_BIN", SRC + "/build/bin/notmuch-digest")
KEY = "sk-" + "k3y" * 9
NOW = "2026-04-06T00:00:00Z"
THREAD = "subject:\"NULL pointer dereference in fab_route_flush\""
# A lost answer must not take long, however slow the machine.
LIMIT_S = 120


class Box:
    """A home with a notmuch database of the sample mailbox."""

    def __init__(self, extra=()):
        self.dir = tempfile.mkdtemp(prefix="nd-llm.")
        os.makedirs(self.dir + "/home")
        shutil.copytree(SRC + "/tests/corpora/sample",
                        self.dir + "/mail/sample")
        for name in ("new", "tmp"):
            os.makedirs(self.dir + "/mail/sample/" + name, exist_ok=True)
        self.add(extra)
        with open(self.dir + "/config", "w") as out:
            out.write("[database]\npath=%s/mail\n[user]\nname=Nora Winter\n"
                      "primary_email=nora@example.org\n[new]\n"
                      "tags=inbox;unread\n" % self.dir)
        self.env = {
            "PATH": os.environ["PATH"], "HOME": self.dir + "/home",
            "NOTMUCH_CONFIG": self.dir + "/config", "TZ": "UTC",
            "LC_ALL": "C.UTF-8", "ND_TEST_KEY": KEY,
            # A proxy of the environment must not be asked for loopback.
            "http_proxy": "http://127.0.0.1:1", "all_proxy":
            "http://127.0.0.1:1"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.index()

    def add(self, mails):
        for i, mail in enumerate(mails):
            with open("%s/mail/sample/cur/extra%d-%d:2," % (
                    self.dir, len(os.listdir(self.dir + "/mail/sample/cur")),
                    i), "w") as out:
                out.write(mail)

    def index(self):
        subprocess.run(["notmuch", "new", "--quiet"], env=self.env, check=True)

    def configure(self, settings):
        """By hand: notmuch config set takes as long as a whole case."""
        with open(self.dir + "/config") as old:
            text = old.read().split("[digest]")[0]
        with open(self.dir + "/config", "w") as out:
            out.write(text + "[digest]\n" + "".join(
                "%s=%s\n" % pair for pair in settings.items()))

    def run(self, arguments):
        return subprocess.run([PROGRAM] + arguments, env=self.env,
                              capture_output=True, timeout=LIMIT_S)

    def forget(self):
        shutil.rmtree(self.dir + "/home/.cache", ignore_errors=True)

    def holds(self, text):
        found = subprocess.run(["grep", "-rlF", text, self.dir + "/home"],
                               capture_output=True)
        return found.stdout.decode()

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def settings_of(case, stub):
    settings = {"llm.provider": case.get("provider", "openai"),
                "llm.url": stub.url(case.get("provider", "openai")),
                "llm.model": "stub-1", "llm.allow": "*",
                "llm.key_env": "ND_TEST_KEY", "llm.concurrency": "4"}
    settings.update(case.get("settings", {}))
    return {k: v.replace("PORT", str(stub.port))
            for k, v in settings.items() if v != ""}


def without_nonce(raw):
    return re.sub(r"=== [0-9a-f]{16}:", "=== NONCE:", raw)


class Checks:
    def __init__(self):
        self.wrong = []

    def that(self, holds, what):
        if not holds:
            self.wrong.append(what)


def check_words(checks, words, text, where, wanted):
    for word in words:
        checks.that((word in text) == wanted, "%s %s: %s" % (
            where, "lacks" if wanted else "has", word))


def check_report(checks, expect, out):
    """What --format=json says of the one thread asked for."""
    try:
        thread = json.loads(out)["threads"][0]
    except (ValueError, KeyError, IndexError):
        checks.that(False, "no report: %r" % out[:300])
        return
    summary = thread["summary"]
    texts = [i["text"] for zone in ("background", "earlier", "new",
                                    "decisions") for i in summary[zone]]
    texts += [q["sentence"] for q in thread["open_questions"]]
    engine = expect.get("engine", "llm")
    checks.that(summary["engine"] == engine,
                "engine %s" % summary["engine"])
    checks.that((summary["model"] == "stub-1") == (engine == "llm"),
                "model %s" % summary["model"])
    checks.that(texts, "the summary is empty")
    for key in ("dropped", "topic", "excerpts"):
        if key in expect:
            checks.that(summary.get(key) == expect[key], "%s is %r, not %r" % (
                key, summary.get(key), expect[key]))
    for zone, wanted in expect.get("zones", {}).items():
        got = [i["text"] for i in summary[zone]]
        checks.that(got == wanted, "%s is %r" % (zone, got))
    if "questions" in expect:
        got = [q["sentence"] for q in thread["open_questions"]]
        checks.that(got == expect["questions"], "questions are %r" % got)
    check_words(checks, expect.get("says", []), "\n".join(texts), "summary",
                True)
    check_words(checks, expect.get("never", []), out, "report", False)


def check_request(checks, path, stub, regold):
    """The first request, byte for byte."""
    golden = path[:-len(".json")] + ".request"
    if not os.path.exists(golden):
        return
    raw = without_nonce(stub.requests[0]["raw"]) + "\n"
    if regold:
        with open(golden, "w") as out:
            out.write(raw)
    with open(golden) as want:
        checks.that(want.read() == raw, "the request is not that of " + golden)


def run_case(path, box, regold):
    with open(path) as file:
        case = json.load(file)
    checks, expect = Checks(), case.get("expect", {})
    stub = Stub(case["replies"])
    own = Box(case["mails"]) if "mails" in case else None
    where = own or box
    where.forget()
    where.configure(settings_of(case, stub))
    arguments = case.get("arguments", ["report", "--format=json"]) + [
        "--engine=llm", "--now=" + NOW] + case.get("options", []) + [
        case.get("query", THREAD)]
    for _ in range(case.get("runs", 1)):
        if "requests_again" in expect:
            del stub.requests[:]
        began = time.time()
        done = where.run(arguments)
        took = time.time() - began
    out, err = done.stdout.decode(), done.stderr.decode()
    checks.that(done.returncode == expect.get("exit", 0),
                "exit %d: %s" % (done.returncode, err[-2000:]))
    wanted = expect.get("requests_again", expect.get("requests"))
    if wanted is not None:
        checks.that(len(stub.requests) == wanted,
                    "%d requests" % len(stub.requests))
    if expect.get("exit", 0) == 0 and out.startswith("{\"schema\""):
        check_report(checks, expect, out)
    check_words(checks, expect.get("stdout", []), out, "stdout", True)
    check_words(checks, expect.get("stderr", []), err, "stderr", True)
    check_words(checks, expect.get("sent", []),
                "".join(r["raw"] for r in stub.requests), "request", True)
    check_words(checks, expect.get("never_sent", []),
                "".join(r["raw"] for r in stub.requests), "request", False)
    if "paths" in expect:
        got = [r["path"] for r in stub.requests]
        checks.that(got == expect["paths"], "asked at %r" % got)
    last = stub.requests[-1]["raw"] if stub.requests else ""
    check_words(checks, expect.get("sent_last", []), last, "last request",
                True)
    check_words(checks, expect.get("never_last", []), last, "last request",
                False)
    checks.that(KEY not in out and KEY not in err, "the key is printed")
    checks.that(not where.holds(KEY), "the key is in a file")
    checks.that(took < expect.get("seconds", LIMIT_S), "took %.1f s" % took)
    if stub.requests:
        check_request(checks, path, stub, regold)
    stub.close()
    if own:
        own.close()
    return case.get("what", ""), checks.wrong


def worker(todo, results, regold):
    box = Box()
    try:
        while True:
            try:
                number, path = todo.get_nowait()
            except queue.Empty:
                return
            try:
                results[number] = run_case(path, box, regold)
            except subprocess.TimeoutExpired:
                results[number] = "", ["it does not end"]
            except Exception as why:  # a broken case is a failed one
                results[number] = "", [repr(why)]
    finally:
        box.close()


def main(arguments):
    regold = "--regold" in arguments
    names = [a for a in arguments if not a.startswith("--")]
    paths = names or sorted(glob.glob(HERE + "/cases/*.json"))
    todo, results, failed = queue.Queue(), {}, 0
    for item in enumerate(paths):
        todo.put(item)
    # Most of a case's time is waiting.
    workers = [threading.Thread(target=worker, args=(todo, results, regold))
               for _ in range(min(6, len(paths)))]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    print("1..%d" % len(paths))
    for number, path in enumerate(paths):
        what, wrong = results[number]
        name = os.path.basename(path)[:-len(".json")]
        print("%s %d - %s: %s" % ("not ok" if wrong else "ok", number + 1,
                                  name, what))
        for line in wrong:
            print("# " + line.replace("\n", "\n# "), file=sys.stderr)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
