#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Digests that wait for a model, against the stub; prints TAP.

A digest is there at once, made of excerpts, and becomes the model's as answers
come: when the service is back, when engine or model are changed, when a run was
broken off or its budget used up. What is current is left alone, and what the
user has taken away stays away.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402
from stub import Stub  # noqa: E402

THREADS = 6
QUERY = "to:many@example.org"
DOWN = "http://127.0.0.1:9/v1"
results = []


def ok(holds, name, note=""):
    results.append(bool(holds))
    print("%s %d - %s" % ("ok" if holds else "not ok", len(results), name))
    if not holds and note != "":
        print("# " + str(note).replace("\n", "\n# "), file=sys.stderr)
    sys.stdout.flush()


def mail(thread, number, text="", day=3):
    mid = "t%d.%d@example.org" % (thread, number)
    root = "t%d.0@example.org" % thread
    reply = "In-Reply-To: <%s>\nReferences: <%s>\n" % (root, root)
    text = text or ("The driver foo_bar_%d fails with error %d when the cable "
                    "is pulled.\nIt has done so since 6.%d here." % (
                        thread, 100 + number, number))
    return ("From: Person %d <p%d@example.org>\nTo: many@example.org\n"
            "Subject: %stopic %d\nDate: %d Apr 2026 10:%02d:00 +0000\n"
            "Message-ID: <%s>\n%s\n%s\n" % (
                number, number, "Re: " if number else "", thread, day,
                (thread + number) % 60, mid, reply if number else "", text))


class Box(run.Box):
    """A mailbox of threads of two mails, and one of a single mail."""

    def __init__(self, threads=THREADS):
        super().__init__([mail(t, n) for t in range(threads)
                          for n in range(2)] + [mail(threads, 0)])

    def set(self, url, **more):
        settings = {"query": QUERY, "since": "3650d", "engine": "llm",
                    "llm.url": url, "llm.model": "stub-1", "llm.allow": "*"}
        settings.update({k.replace("llm_", "llm."): v
                         for k, v in more.items()})
        self.configure(settings)

    def update(self, *arguments):
        return self.run(["update", "--now=" + run.NOW] + list(arguments))

    def start(self, *arguments):
        # In the background of a shell without job control SIGINT is ignored.
        return subprocess.Popen(
            [run.PROGRAM, "update", "--now=" + run.NOW] + list(arguments),
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def digests(self):
        """Root id -> X-Notmuch-Digest and text of every digest."""
        found = {}
        folder = self.dir + "/mail/digest/cur"
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            try:
                with open(os.path.join(folder, name)) as file:
                    text = file.read()
            except FileNotFoundError:
                continue  # replaced meanwhile
            root = re.search(r"^References: <(.*)>", text, re.M)[1]
            head = re.search(r"^X-Notmuch-Digest: (.*)", text, re.M)[1]
            found[root] = (head, text)
        return found

    def by(self, model):
        return {root for root, (head, _) in self.digests().items()
                if "; model=%s;" % model in head}

    def notmuch(self, *arguments):
        return subprocess.run(["notmuch"] + list(arguments), env=self.env,
                              check=True, capture_output=True).stdout.decode()

    def tags(self):
        """Of all mails but digests."""
        return [line for line in self.notmuch(
            "dump", "--include=tags").split("\n")
            if "digest.v1." not in line]

    def waiting(self):
        done = self.run(["status", "--json", "--now=" + run.NOW])
        return json.loads(done.stdout)["waiting"]


def summary(done):
    """Of the one thread; its tags tell of digests, too."""
    return json.dumps(json.loads(done.stdout)["threads"][0]["summary"])


def quiet(name, done):
    ok(done.returncode == 0, name, done.stderr.decode())


def test_down_and_back():
    box = Box()
    box.set(DOWN)
    done = box.update()
    quiet("the service is down: update is done", done)
    ok(b"6 digests written" in done.stdout, "digests are written",
       done.stdout)
    ok(re.search(rb"6 digests wait for 'stub-1': .+\n", done.stderr),
       "and it says that they wait, and why", done.stderr)
    ok(len(box.by("-")) == 6, "all are made of excerpts", box.digests().keys())
    waiting = box.waiting()
    ok(waiting["count"] == 6 and waiting["model"] == "stub-1" and
       waiting["why"] and all(t["engine"] == "extract" and t["model"] is None
                              for t in waiting["threads"]),
       "status says how many, which and why", waiting)
    text = box.run(["status"]).stdout.decode()
    ok("waiting:   6 digests for 'stub-1': " in text and
       "  id:t0.0@example.org (excerpts)" in text, "for people, too", text)

    # What the user does to them meanwhile.
    gone = box.notmuch("search", "--output=files",
                       "tag:digest and thread:{id:t2.0@example.org}").split()
    os.unlink(gone[0])
    box.index()
    box.notmuch("tag", "-digest/other", "--", "id:t3.0@example.org")
    box.notmuch("tag", "+mine", "--", "tag:digest and "
                "thread:{id:t4.0@example.org}")
    box.notmuch("tag", "-digest/fresh", "--", "tag:digest/fresh")
    box.update()
    ok("t2.0@example.org" not in box.digests(),
       "a digest that the user deletes stays away")
    before = box.tags()

    stub = Stub([{"auto": True}])
    box.set(stub.url("openai"))
    done = box.update()
    quiet("the service is back", done)
    ok(b"5 digests summarised by the model" in done.stdout,
       "the digests become the model's", done.stdout)
    ok(len(stub.requests) == 5 and len(box.by("stub-1")) == 5,
       "with one request each", len(stub.requests))
    ok("t6.0@example.org" not in "".join(r["raw"] for r in stub.requests) and
       "topic 6" not in "".join(r["raw"] for r in stub.requests),
       "and none for a thread that gets no digest")
    ok(box.tags() == before, "no tag of a mail has changed",
       set(box.tags()) ^ set(before))
    ok("t2.0@example.org" not in box.digests(),
       "the deleted one is still away")
    ok(box.notmuch("count", "tag:mine and tag:digest") == "1\n",
       "what the user has put on a digest stays")
    ok(box.notmuch("count", "tag:digest/fresh") == "5\n",
       "they are fresh again, since their text is another one")
    ok(box.waiting()["count"] == 0 and box.waiting()["why"] is None,
       "nothing waits any more", box.waiting())
    dump = box.notmuch("dump")
    done = box.update()
    ok(done.stdout == b"Nothing has changed.\n" and not done.stderr and
       len(stub.requests) == 5 and box.notmuch("dump") == dump,
       "another run has nothing to do", (done.stdout, done.stderr))

    # The engine and the model are the user's to change.
    box.set(stub.url("openai"), llm_model="stub-2")
    del stub.requests[:]
    waiting = box.waiting()
    ok(waiting["count"] == 5 and {t["model"] for t in waiting["threads"]} ==
       {"stub-1"}, "another model: all wait for it", waiting)
    box.update()
    ok(len(stub.requests) == 5 and len(box.by("stub-2")) == 5,
       "and get it", len(stub.requests))
    box.add([mail(0, 2, "It is fixed by the patch to foo_bar_0 in 6.9 here.",
                  4)])
    box.index()
    del stub.requests[:]
    done = box.update()
    ok(len(stub.requests) == 1 and len(box.by("stub-2")) == 5,
       "new mail is one request", (len(stub.requests), done.stderr))
    text = box.digests()["t0.0@example.org"][1]
    ok("fixed by the patch" in text.split("\n\nNew\n")[-1] and
       "; behind=" in text, "and the new part of the digest is the new mail",
       text)

    # The index is lost: the digests know who wrote them.
    box.notmuch("dump", "--output=" + box.dir + "/dump")
    subprocess.run(["rm", "-rf", box.dir + "/mail/.notmuch"], check=True)
    box.index()
    del stub.requests[:]
    box.update()
    ok(not [r for r in stub.requests if "topic 2" not in r["raw"]] and
       len(box.by("stub-2")) == 6 and box.waiting()["count"] == 0,
       "a rebuilt database asks only for what was deleted",
       (len(stub.requests), box.waiting()))
    box.run(["clean", "--yes"])
    ok(box.notmuch("search", "property:digest.model=*") == "" and
       "digest" not in box.notmuch("dump", "--include=properties"),
       "clean takes every trace away")
    stub.close()
    box.close()


def test_switched_on():
    box = Box()
    box.set(DOWN, engine="extract")
    quiet("the engine 'extract'", box.update())
    ok(box.waiting() is None, "with it nothing waits")
    stub = Stub([{"auto": True}])
    box.set(stub.url("openai"), llm_allow="subject:topic and not subject:5")
    quiet("is changed", box.update())
    ok(len(stub.requests) == 5 and len(box.by("stub-1")) == 5,
       "the digests become the model's that it may see", len(stub.requests))
    box.update()
    ok(len(stub.requests) == 5 and box.waiting()["count"] == 0,
       "the other one waits for nothing", box.waiting())
    box.set(stub.url("openai"))
    box.update()
    ok(len(stub.requests) == 6 and len(box.by("stub-1")) == 6,
       "until it may be seen", len(stub.requests))
    # The key is not asked for when there is nothing to ask it for.
    box.set(stub.url("openai"), llm_key_command="touch %s/asked" % box.dir)
    dump = box.notmuch("dump")
    done = box.update()
    ok(done.stdout == b"Nothing has changed.\n" and
       not os.path.exists(box.dir + "/asked") and box.notmuch("dump") == dump,
       "and then all is done", done.stderr)
    box.set(stub.url("openai"), engine="extract")
    box.update()
    ok(len(box.by("stub-1")) == 6, "a change back takes nothing away")
    box.update(QUERY)
    ok(len(box.by("-")) == 6, "unless the threads are named")
    stub.close()
    box.close()


def test_useless():
    box = Box(3)
    stub = Stub([{"answer": {}, "refusal": "No."}])
    box.set(stub.url("openai"), llm_concurrency="1")
    done = box.update()
    quiet("the model refuses", done)
    asked = len(stub.requests)
    ok(asked == 3 and len(box.by("-")) == 3 and b"wait" not in done.stderr,
       "its digests stay as they are, and do not wait", done.stderr)
    box.update()
    ok(len(stub.requests) == asked, "nor are they asked for again",
       len(stub.requests))
    box.update("id:t1.0@example.org")
    ok(len(stub.requests) == asked + 1, "unless they are named",
       len(stub.requests))
    box.add([mail(1, 2, day=4)])
    box.index()
    stub.replies = [{"auto": True}]
    box.update()
    ok(box.by("stub-1") == {"t1.0@example.org"}, "or have new mail",
       box.by("stub-1"))
    stub.close()

    # The service fails at one thread, and answers the others.
    bad = {"status": 400, "json": {"error": {"message": "no such content",
                                             "type": "invalid"}}}
    box.add([mail(8, n) for n in range(2)] + [mail(9, n) for n in range(2)])
    box.index()
    for attempt in range(1, 5):
        stub = Stub([bad, {"auto": True}])
        box.set(stub.url("openai"), llm_concurrency="1", llm_model="stub-3")
        done = box.update()
        waiting = box.waiting()
        if attempt == 1:
            ok(waiting["count"] == 1 and
               waiting["threads"][0]["failures"] == 1 and
               b"no such content" in done.stderr,
               "the service fails at one thread only: it waits",
               (waiting, done.stderr))
            failed = waiting["threads"][0]["root_id"]
            box.add([mail(20, n) for n in range(2)])
        elif attempt < 4:
            box.add([mail(20 + attempt, n) for n in range(2)])
        box.index()
        # The one that failed comes last: it must fail again.
        stub.close()
        if attempt > 1:
            break
    stub = Stub([{"auto": True}])
    box.set(stub.url("openai"), llm_concurrency="1", llm_model="stub-3")
    box.update()
    ok(failed in box.by("stub-3") and box.waiting()["count"] == 0,
       "and is asked for again, behind the others", box.waiting())
    stub.close()
    box.close()


def until(holds):
    """For a busy machine's sake a minute."""
    for _ in range(1200):
        if holds():
            break
        time.sleep(0.05)


def test_interrupt():
    box = Box()
    stub = Stub([{"auto": True}] * 3 + [{"auto": True, "delay": 60}])
    box.set(stub.url("openai"), llm_concurrency="1")
    process = box.start()
    while len(stub.requests) < 4:
        time.sleep(0.02)
    until(lambda: box.by("stub-1"))
    ok(len(box.digests()) == 6, "digests are there before the model answers")
    ok(len(box.by("stub-1")) > 0, "the first answer is written at once")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    ok(process.returncode == -signal.SIGINT and b"interrupted" in err,
       "^C ends the run", (process.returncode, err))
    ok(len(box.by("stub-1")) == 3 and len(box.by("-")) == 3,
       "what was answered is written", box.digests())
    stub.replies = [{"auto": True}]
    del stub.requests[:]
    ok(box.waiting()["count"] == 3, "the others wait", box.waiting())
    quiet("the next run", box.update())
    ok(len(stub.requests) == 3 and len(box.by("stub-1")) == 6,
       "asks for the rest", len(stub.requests))

    # Killed while it asks: what is written is, what is answered is known.
    box.run(["clean", "--yes"])
    stub.replies = [{"auto": True}] * 3 + [{"auto": True, "delay": 60}]
    del stub.requests[:]
    process = box.start()
    while len(stub.requests) < 4:
        time.sleep(0.02)
    until(lambda: box.by("stub-1"))
    process.kill()
    process.communicate(timeout=30)
    written = len(box.by("stub-1"))
    ok(written > 0 and written + len(box.by("-")) == 6,
       "a run that is killed leaves digests", box.digests())
    stub.replies = [{"auto": True}]
    del stub.requests[:]
    quiet("the next run", box.update())
    ok(len(stub.requests) == 3 and len(box.by("stub-1")) == 6 and
       box.waiting()["count"] == 0, "goes on from there", len(stub.requests))
    stub.close()
    box.close()


def test_nobody_waits():
    box = Box()
    stub = Stub([{"auto": True, "delay": 10}])
    box.set(stub.url("openai"), llm_concurrency="1")
    began = time.time()
    done = box.update("--hook")
    took = time.time() - began
    ok(done.returncode == 0 and took < 10, "the hook does not wait: %.1f s" %
       took)
    while not stub.requests:
        time.sleep(0.05)
    asked = time.time()
    ok(len(box.digests()) == 6, "all digests are there")
    box.add([mail(30, n) for n in range(2)])
    box.index()
    done = box.update()
    took = time.time() - asked
    ok(done.returncode == 0 and took < 10 and
       "t30.0@example.org" in box.digests(),
       "a run beside the one that asks writes new digests: %.1f s" % took,
       done.stderr)
    stub.replies = [{"auto": True}]
    until(lambda: len(box.by("stub-1")) == 7)
    ok(len(box.by("stub-1")) == 7 and len(stub.requests) == 7,
       "and the one that asks asks for those, too", len(stub.requests))
    stub.close()
    box.close()


def test_budget():
    box = Box(12)
    stub = Stub([{"auto": True}])
    # An answer takes 120 tokens and may take 4096.
    box.set(stub.url("openai"), llm_budget_tokens="8000")
    done = box.update()
    ok(len(box.by("stub-1")) == 12 and len(stub.requests) == 12,
       "what an answer does not use is there for the next one",
       (len(stub.requests), done.stderr))
    stub.close()

    box.run(["clean", "--yes"])
    stub = Stub([{"auto": True, "usage": False}])
    box.set(stub.url("openai"), llm_budget_tokens="12000")
    done = box.update()
    first = len(stub.requests)
    ok(0 < first < 12 and b"budget of tokens" in done.stderr,
       "a budget that is used up", (first, done.stderr))
    ok(len(box.by("stub-1")) == first and len(box.by("-")) == 12 - first,
       "leaves the others for the next run")
    ok("budget" in box.waiting()["why"], "status says so", box.waiting())
    box.update()
    ok(len(box.by("stub-1")) == 2 * first, "which goes on", len(stub.requests))
    stub.close()
    box.close()


def test_dry_run():
    box = Box()
    stub = Stub([{"auto": True}])
    box.set(stub.url("openai"), llm_price_in="2.5", llm_price_out="10",
            llm_concurrency="2")
    done = box.update("--dry-run")
    out = done.stdout.decode()
    ok(not stub.requests and not box.digests(), "a dry run does nothing")
    ok("threads: 6, 0 of them answered before; 0 not to be shown" in out and
       "requests: 6" in out, "it says how many threads", out)
    most = re.search(r"about (\d+) to send, at most (\d+) to receive", out)
    ok(most and int(most[2]) == 6 * 4096, "how many tokens at most", out)
    price = re.search(r"price: at most about ([0-9.]+)", out)
    ok(price and abs(float(price[1]) - (int(most[1]) * 2.5 + int(most[2]) * 10)
                     / 1e6) < 0.001, "what that costs", out)
    ok("time: not known before a first run" in out, "and not how long", out)

    stub.replies = [{"auto": True, "delay": 0.5}]
    box.update()
    box.set(stub.url("openai"), llm_price_in="2.5", llm_price_out="10",
            llm_concurrency="2", llm_budget_tokens="500")
    box.forget_answers()
    box.run(["clean", "--yes", QUERY])
    del stub.requests[:]
    out = box.update("--dry-run", QUERY).stdout.decode()
    takes = re.search(r"about (\d+) to send, about 120 to receive", out)
    ok(takes and abs(int(takes[1]) - 600) < 20,
       "after a run it knows what one takes", out)
    ok(re.search(r"^time: about [1-3] s$", out, re.M), "how long it takes",
       out)
    ok("budget: 500 tokens, room for 4 of 6 threads" in out,
       "how many threads the budget has room for", out)
    ok("price: about %.4f\n" % (4 * (100 * 2.5 + 20 * 10) / 1e6) in out,
       "and what those cost", out)
    stub.close()
    box.close()


def test_order():
    """Pieces of a thread, answered in another order each time."""
    box = Box(1)
    text = "\n\n".join(
        "Paragraph %d of mail {0} is about foo_bar_{0}_%d and nothing else, "
        "which is told at some length here." % (i, i) for i in range(30))
    box.add([mail(50, n, text.replace("{0}", str(n))) for n in range(12)])
    box.index()
    seen, pieces = [], 0
    for delays in ((0, 0, 0, 0, 0, 0), (1.5, 1.2, .9, .6, .3, 0),
                   (.3, 1.2, 0, .9, .6, 1.5)):
        box.forget()
        stub = Stub([{"auto": True, "delay": d} for d in delays] +
                    [{"auto": True}])
        box.set(stub.url("openai"), llm_context="5000", llm_concurrency="8")
        done = box.run(["report", "--format=json", "--now=" + run.NOW,
                        "id:t50.0@example.org"])
        seen.append(summary(done))
        pieces = len(stub.requests)
        stub.close()
    ok(pieces > 3, "a thread in %d pieces" % pieces)
    ok('"engine": "llm"' in seen[0] and len(set(seen)) == 1,
       "is told in the same bytes, in whatever order they are answered")

    # Broken off in the middle, or out of budget: the pieces stay.
    box.forget()
    stub = Stub([{"auto": True}] * 2 + [{"auto": True, "delay": 60}])
    box.set(stub.url("openai"), llm_context="5000", llm_concurrency="1")
    process = box.start("id:t50.0@example.org")
    while len(stub.requests) < 3:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    del stub.requests[:]
    stub.replies = [{"auto": True}]
    done = box.update("id:t50.0@example.org")
    ok(len(stub.requests) == pieces - 2, "answered pieces are not asked again",
       (len(stub.requests), pieces, done.stderr))
    ok("t50.0@example.org" in box.by("stub-1"), "and the thread is told")
    done = box.run(["report", "--format=json", "--now=" + run.NOW,
                    "id:t50.0@example.org"])
    ok(summary(done) == seen[0], "in the same bytes")
    stub.close()
    box.close()


def test_shown():
    """Nothing is paid for that is not shown; what is known is not asked again."""
    box = Box()
    asks = "Nora, can you test this with the new cable?\nI have none here."
    box.add([mail(60, 0, asks).replace("To: many@", "To: Nora Winter "
                                       "<nora@example.org>, many@")])
    box.index()
    stub = Stub([{"auto": True}])
    box.set(stub.url("openai"))
    for arguments, wanted, seen in (
            (["--for-me"], 1, 1), (["--brief", "--format=text"], 0, 0),
            (["--limit=2"], 1, 2), ([], 6, 8)):
        done = box.run(["report", "--now=" + run.NOW, "--format=json"] +
                       arguments + [QUERY])
        ok(done.returncode == 0 and len(stub.requests) == wanted and
           done.stdout.count(b'"engine":"llm","model"') == seen,
           "report %s: %d requests" % (" ".join(arguments), wanted),
           (len(stub.requests), done.stderr))
        del stub.requests[:]
    stub.close()
    box.close()


def test_must():
    box = Box()
    box.set(DOWN)
    done = box.update("--fallback=none")
    ok(done.returncode == 69 and not box.digests(),
       "--fallback=none: no digest of excerpts, and exit 69",
       (done.returncode, done.stderr))
    box.update()
    done = box.update("--fallback=none")
    ok(done.returncode == 69 and len(box.by("-")) == 6,
       "nor is all well as long as some wait", (done.returncode, done.stderr))
    stub = Stub([{"auto": True}])
    box.set(stub.url("openai"))
    done = box.update("--fallback=none")
    ok(done.returncode == 0 and len(box.by("stub-1")) == 6,
       "with the service back it is", (done.returncode, done.stderr))
    stub.close()
    box.close()


def forget_answers(self):
    place = self.dir + "/home/.cache/notmuch-digest/llm"
    for name in os.listdir(place):
        os.unlink(os.path.join(place, name))


Box.forget_answers = forget_answers

if __name__ == "__main__":
    for test in (test_down_and_back, test_switched_on, test_useless,
                 test_interrupt, test_nobody_waits, test_budget, test_dry_run,
                 test_order, test_shown,
                 test_must):
        if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
            test()
    print("1..%d" % len(results))
    sys.exit(0 if all(results) else 1)
