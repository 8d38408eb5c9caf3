#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole runs of the engine 'llm' against the stub; prints TAP.

usage: runs.py [--regold]

Many threads at once, a second run, a reply that comes later, an interrupt, the
store of answers and its modes, and what other processes can see.
"""
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402
from stub import Stub, user_text  # noqa: E402

THREADS, CONCURRENCY, DELAY_S = 64, 16, 1
results = []


def ok(holds, name, note=""):
    results.append(bool(holds))
    print("%s %d - %s" % ("ok" if holds else "not ok", len(results), name))
    if not holds and note:
        print("# " + str(note).replace("\n", "\n# "), file=sys.stderr)
    sys.stdout.flush()


def mail(thread, number, text, day=3):
    mid = "t%d.%d@example.org" % (thread, number)
    root = "t%d.0@example.org" % thread
    reply = "In-Reply-To: <%s>\nReferences: <%s>\n" % (root, root)
    return ("From: Person %d <p%d@example.org>\nTo: many@example.org\n"
            "Subject: %stopic %d\nDate: %d Apr 2026 10:%02d:00 +0000\n"
            "Message-ID: <%s>\n%s\n%s\n" % (
                number, number, "Re: " if number else "", thread, day,
                thread % 60, mid, reply if number else "", text))


def many_mails():
    return [mail(t, n, "The driver foo_bar_%d fails with error %d when the "
                 "cable is pulled.\nIt has done so since 6.%d here.\n"
                 % (t, 100 + n, n)) for t in range(THREADS) for n in range(3)]


def settings(stub, **more):
    case = {"settings": {"llm.concurrency": str(CONCURRENCY)}}
    case["settings"].update(more)
    return run.settings_of(case, stub)


ARGUMENTS = ["report", "--format=json", "--engine=llm", "--now=" + run.NOW,
             "to:many@example.org"]


def test_many(box):
    stub = Stub([{"auto": True, "delay": DELAY_S}])
    box.configure(settings(stub))
    done = box.run(ARGUMENTS)
    ok(done.returncode == 0, "64 threads are summarised", done.stderr)
    report = json.loads(done.stdout)
    ok(len(report["threads"]) == THREADS and all(
        t["summary"]["engine"] == "llm" for t in report["threads"]),
       "all of them by the model")
    ok(len(stub.requests) == THREADS, "one request each", len(stub.requests))
    # How long it takes is the machine's matter, too.
    most = max(sum(other["at"] <= one["at"] < other["until"]
                   for other in stub.requests) for one in stub.requests)
    ok(most == CONCURRENCY, "16 at once", most)
    del stub.requests[:]
    again = box.run(ARGUMENTS)
    ok(not stub.requests and again.stdout == done.stdout,
       "a second run asks nothing and says the same")
    box.add([mail(5, 3, "I can reproduce it with foo_bar_5 on 6.9, and the "
                        "fix works for me.", 4)])
    box.index()
    done = box.run(ARGUMENTS)
    ok(len(stub.requests) == 1, "a new reply is one request",
       len(stub.requests))
    sent = stub.requests[0]["body"]["messages"][1]["content"]
    ok("[4]│I can reproduce it" in sent, "which has the new mail")
    ok("[1]│" not in sent and "[3]│" not in sent, "and not the old ones")
    ok("[S1]" in sent and "foo_bar_5 fails with error 100" in sent,
       "but what is known of them")
    thread = [t for t in json.loads(done.stdout)["threads"]
              if t["counts"]["total"] == 4][0]
    texts = json.dumps(thread["summary"])
    ok("error 100" in texts and "I can reproduce it" in texts,
       "the summary has both", texts)
    stub.close()


def test_superseded(box):
    answer = {"topic": "topic 7", "new": [], "decisions": [],
              "open_questions": [], "terms": [], "superseded": [2]}
    stub = Stub([{"answer": answer}])
    box.configure(settings(stub))
    box.add([mail(7, 3, "Please forget what I said before.", 4)])
    box.index()
    done = box.run(ARGUMENTS)
    thread = [t for t in json.loads(done.stdout)["threads"]
              if t["messages"][0]["id"] == "t7.0@example.org"][0]
    ok("error 101" not in json.dumps(thread["summary"]) and
       "error 102" in json.dumps(thread["summary"]),
       "what is no longer so goes", json.dumps(thread["summary"]))
    stub.close()


def test_checked_when_read(box):
    """What is stored is what the model said: other checks ask nothing."""
    box.forget()
    words = ["The driver foo_bar_9 fails with error 101 when the cable is "
             "pulled", "nobody wrote these words"]
    stub = Stub([{"answer": {
        "topic": "topic 9", "background": [], "decisions": [],
        "open_questions": [], "terms": [], "new": [
            {"sources": [n], "quote": quote, "by": "", "act": "says",
             "patch": 0, "text": "anything"}
            for n, quote in ((2, words[0]), (3, words[1]))]}}])
    box.configure(settings(stub))
    query = ARGUMENTS[:-1] + ["id:t9.0@example.org"]

    def summary_now():
        report = json.loads(box.run(query).stdout)
        return report["threads"][0]["summary"]

    summary = summary_now()
    asked = len(stub.requests)
    ok(asked == 2 and summary["dropped"] == 1, "what is refused is dropped",
       (asked, summary))
    place = box.dir + "/home/.cache/notmuch-digest/llm"
    for name in os.listdir(place):
        with open(os.path.join(place, name)) as file:
            text = file.read()
        with open(os.path.join(place, name), "w") as out:
            out.write(text.replace(words[1], words[0].replace("101", "102")))
    summary = summary_now()
    ok(len(stub.requests) == asked and summary["dropped"] == 0 and
       [i["verbatim"] for i in summary["new"]] == [True, True],
       "and told when a check lets it pass, with no request",
       (len(stub.requests), summary))
    stub.close()


def test_store(box):
    place = box.dir + "/home/.cache/notmuch-digest/llm"
    modes = {stat.S_IMODE(os.stat(place).st_mode)} | {
        stat.S_IMODE(os.stat(os.path.join(place, f)).st_mode)
        for f in os.listdir(place)}
    ok(modes == {0o700, 0o600}, "answers are for the user only",
       [oct(m) for m in modes])
    for name in os.listdir(place):
        with open(os.path.join(place, name), "w") as out:
            out.write("{\"covers\":[1,2],\"items\":\"x\"")
    stub = Stub([{"auto": True}])
    box.configure(settings(stub))
    done = box.run(ARGUMENTS)
    ok(done.returncode == 0 and len(stub.requests) == THREADS,
       "rubbish in the store is no answer", len(stub.requests))
    stub.close()


def test_interrupt(box):
    box.forget()
    stub = Stub([{"auto": True}] * 20 + [{"auto": True, "delay": 60}])
    box.configure(settings(stub, **{"llm.concurrency": "4"}))
    # In the background of a shell without job control it would be ignored.
    process = subprocess.Popen(
        [run.PROGRAM] + ARGUMENTS, env=box.env, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    while len(stub.requests) < 24:
        time.sleep(0.02)
    with open("/proc/%d/cmdline" % process.pid) as file:
        ok(run.KEY not in file.read(), "the key is no argument")
    began = time.time()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    ok(time.time() - began < 5, "^C ends it at once")
    ok(process.returncode == -signal.SIGINT and not out and
       b"interrupted" in err, "by the signal, with nothing printed",
       (process.returncode, err))
    stub.replies = [{"auto": True}]
    del stub.requests[:]
    done = box.run(ARGUMENTS)
    ok(done.returncode == 0 and len(stub.requests) == THREADS - 20,
       "what was answered is not asked again", len(stub.requests))
    stub.close()


def test_hard_failures(box):
    box.forget()
    stub = Stub([{"status": 500, "headers": {"x-should-retry": "false"},
                  "text": "{}"}])
    box.configure(settings(stub, **{"llm.concurrency": "1"}))
    done = box.run(ARGUMENTS)
    ok(done.returncode == 0 and len(stub.requests) == 3,
       "after three failures in a row nothing more is sent",
       len(stub.requests))
    ok(b"64 of 64 threads could not be summarised" in done.stderr,
       "and all the rest is quoted", done.stderr)
    stub.close()


def test_nothing_comes_back(box):
    """Models that only think, or do not answer in form, end the run early."""
    for reply, most, word in (
            ({"content": "", "finish": "length",
              "message": {"reasoning": "Let me see."}}, 16,
             b"digest.llm.thinking"),
            ({"content": "Here is the summary you wanted."}, 16,
             b"digest.llm.model"),
            ({"content": ""}, 16, b"digest.llm.model")):
        box.forget()
        stub = Stub([reply])
        box.configure(settings(stub, **{"llm.concurrency": "4"}))
        done = box.run(ARGUMENTS)
        ok(done.returncode == 0 and len(stub.requests) <= most,
           "64 threads without an answer: %d requests" % len(stub.requests))
        ok(b"64 of 64 threads" in done.stderr and word in done.stderr,
           "and what may help is said", done.stderr)
        stub.close()
    box.forget()
    # All four are there before one of them is answered.
    stub = Stub([{"content": "", "message": {"reasoning": "Hm."},
                  "delay": 1}] * 4 +
                [{"auto": True}])
    box.configure(settings(stub, **{"llm.concurrency": "4"}))
    done = box.run(ARGUMENTS)
    ok(done.returncode == 0 and len(stub.requests) == THREADS + 4 and
       all("\"max_tokens\":8192" in r["raw"] for r in stub.requests[4:]),
       "what one request has learnt of thinking holds for the others",
       len(stub.requests))
    stub.close()


def test_prefix(box):
    box.forget()
    stub = Stub([{"auto": True}])
    box.configure(settings(stub))
    box.run(ARGUMENTS)
    bodies = [json.loads(r["raw"]) for r in stub.requests]
    ok(len({json.dumps(b["messages"][0]) for b in bodies}) == 1,
       "the system text is the same for all threads")
    show = box.run(ARGUMENTS[:1] + ["--show-prompt"] + ARGUMENTS[2:])
    sent = {run.without_nonce(r["raw"]) for r in stub.requests}
    box.forget()
    show = box.run(ARGUMENTS[:1] + ["--show-prompt"] + ARGUMENTS[2:])
    shown = {run.without_nonce(line) for line in
             show.stdout.decode().split("\n") if line.startswith("{")}
    ok(sent == shown, "--show-prompt prints what is sent, byte for byte")
    nonces = set(re.findall(r"=== ([0-9a-f]{16}):", show.stdout.decode()))
    ok(len(nonces) == 1, "with a nonce of this run", nonces)
    stub.close()


def test_page():
    """What doc/llm.md shows is in a prompt."""
    with open(run.HERE + "/cases/ok-openai.request") as file:
        prompt = user_text(json.load(file))
    with open(run.SRC + "/doc/llm.md") as file:
        shown = re.findall(r"^```\n(.*?)^```$", file.read(), re.M | re.S)
    ok(len(shown) == 2 and all(text in prompt for text in shown),
       "doc/llm.md shows what a prompt holds",
       [text for text in shown if text not in prompt])


def test_sample(box, regold):
    """True items for the sample mailbox: the report, word for word."""
    with open(run.HERE + "/sample.json") as file:
        script = json.load(file)
    query = " or ".join("subject:\"%s\"" % s.rsplit("] ", 1)[-1]
                        for s in script["en"])
    for language in ("en", "zh_CN"):
        box.forget()
        stub = Stub([{"script": script[language]}])
        box.configure(settings(stub))
        done = box.run(["report", "--format=markdown", "--engine=llm",
                        "--now=" + run.NOW, "--lang=" + language, query])
        report = done.stdout.decode()
        golden = "%s/sample.%s.md" % (run.HERE, language)
        if regold:
            with open(golden, "w") as out:
                out.write(report)
        with open(golden) as file:
            ok(file.read() == report, "the %s report is the golden one" %
               language, report[:2000])
        ok(len(stub.requests) == len(script[language]),
           "no statement of it had to be repaired", len(stub.requests))
        stub.close()


def main(regold):
    box = run.Box(many_mails())
    try:
        for test in (test_many, test_superseded, test_checked_when_read,
                     test_store, test_prefix,
                     test_hard_failures, test_nothing_comes_back,
                     test_interrupt):
            test(box)
        test_page()
        test_sample(box, regold)
    finally:
        box.close()
    print("1..%d" % len(results))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main("--regold" in sys.argv))
