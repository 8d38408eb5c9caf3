#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements made false on purpose, over the whole sample mailbox; prints TAP.

Each line of a mail that says enough is a statement about it, true as it
stands. Then an identifier or a number in it is changed for one of another
thread. How many of them come through? A quote that is told instead says what its
mail says.
"""
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402
from stub import Stub, own_lines, subject_of, user_text  # noqa: E402

ARGUMENTS = ["report", "--format=json", "--engine=llm", "--now=" + run.NOW,
             "--since=2020-01-01"]
IDENTIFIER = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b|\b[A-Z]{2,}\d*\b")
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
NUMBER = re.compile(r"(?<![\w.:/-])\d{2,}(?![\w.:/-])")


class Mutant(Stub):
    """Answers from self.items: subject of the thread -> list of items."""

    def __init__(self):
        super().__init__([{}])
        self.items, self.replies = {}, self

    def __len__(self):
        return 1 << 30

    def __getitem__(self, index):
        prompt = user_text(self.requests[index]["body"])
        answer = {"topic": "", "background": [], "new": [], "decisions": [],
                  "open_questions": [], "terms": []}
        if "These items were refused" not in prompt:
            answer["new"] = self.items.get(subject_of(prompt), [])[:8]
        return {"answer": answer}


def threads_of(box):
    """subject -> {number: [own lines]}, as a model sees the threads."""
    shown = box.run(ARGUMENTS[:1] + ["--show-prompt"] + ARGUMENTS[2:])
    threads = {}
    for line in shown.stdout.decode().split("\n"):
        if not line.startswith("{"):
            continue
        prompt = user_text(json.loads(line))
        mails = {}
        for number, text in own_lines(prompt):
            mails.setdefault(number, []).extend(SENTENCE_END.split(text))
        threads[subject_of(prompt)] = (
            mails, dict(re.findall(r"^\[(\d+)\] (\{P\d+\})", prompt, re.M)))
    return threads


def statements(threads):
    """subject -> items, each true."""
    items = {}
    for subject, (mails, people) in threads.items():
        for number, lines in mails.items():
            for line in lines:
                line = line.strip()
                # Brackets are looked at by themselves, markup is refused.
                if not 25 <= len(line) <= 120 or re.search(
                        r"[({<\[]|://|=|:$", line):
                    continue
                items.setdefault(subject, []).append({
                    "sources": [number], "quote": line,
                    "by": people[str(number)], "act": "says", "patch": 0,
                    "text": line})
    return items


def swap(items, threads, pattern):
    """The same with one token each of another thread.

    Which one, each statement says itself: the order of threads and mails is
    that of the files on this disk.
    """
    words = {s: set(pattern.findall("\n".join(
        line for lines in mails.values() for line in lines)))
        for s, (mails, _) in threads.items()}
    everywhere = sorted(set().union(*words.values()))
    out = {}
    for subject, list_ in items.items():
        foreign = [w for w in everywhere if w not in words[subject]]
        for item in list_:
            found = list(pattern.finditer(item["text"]))
            alike = [w for w in foreign if found and
                     len(w) == len(found[0][0])] or foreign
            if not found or not alike:
                continue
            text = item["text"]
            chosen = random.Random(text).choice(alike)
            text = text[:found[0].start()] + chosen + text[found[0].end():]
            out.setdefault(subject, []).append(dict(item, text=text))
    return out


def sample(items):
    """Not more than a model may say of one thread."""
    return {s: random.Random(s).sample(list_, min(8, len(list_)))
            for s, list_ in items.items()}


def printed(report):
    """(text without the name, ids of its sources) of all statements."""
    for thread in report["threads"]:
        summary = thread["summary"]
        if summary["engine"] != "llm":
            continue
        for zone in ("background", "earlier", "new"):
            if zone not in summary["excerpts"]:
                for item in summary[zone]:
                    said = item["quote"] if item.get("verbatim") else \
                        item["text"].split(": ", 1)[-1]
                    yield said.rstrip("."), item["quote"]


def come_through(box, stub, items):
    stub.items = items
    box.forget()
    done = box.run(ARGUMENTS)
    out = set(printed(json.loads(done.stdout)))
    sent = [(i["text"].rstrip("."), i["quote"])
            for list_ in items.values() for i in list_]
    return sum(s in out for s in sent), len(sent)


def main():
    box, stub = run.Box(), Mutant()
    failed = 0
    try:
        settings = run.settings_of({}, stub)
        settings.update({"max_words": "100000", "llm.concurrency": "8"})
        box.configure(settings)
        threads = threads_of(box)
        true = statements(threads)
        cases = [
            ("true statements", sample(true), 0.97, 1),
            ("identifiers of other threads", sample(
                swap(true, threads, IDENTIFIER)), 0, 0.1),
            ("numbers of other threads", sample(
                swap(true, threads, NUMBER)), 0, 0.1),
        ]
        print("1..%d" % len(cases))
        for number, (name, items, least, most) in enumerate(cases, 1):
            through, sent = come_through(box, stub, items)
            good = sent > 20 and least <= through / sent <= most
            failed += not good
            print("%s %d - %s: %d of %d come through" % (
                "ok" if good else "not ok", number, name, through, sent))
            sys.stdout.flush()
    finally:
        stub.close()
        box.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
