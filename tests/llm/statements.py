#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements about real threads, true and false, as a model may give them.

usage: statements.py [--half=open|held] [--statements=FILE] [--verbose]
                     [--markdown=FILE] SHARED

tests/llm/statements.jsonl has one a line: the mail it cites, who is said to do
what (its author, where nobody else is named), in what words, with which quote;
whether it is true or, if not, what is
wrong in it (its kind). Some of them are held back: what is tuned is tuned on
the others. Each is given to the program as the only thing that a model says of
the thread, and when the program asks again the model insists on it. What is
told then: its text, the sentences that it quotes, or nothing? A patch that nobody
speaks of is a line of the prompt: a model cannot quote it. The mails are those of
SHARED/corpus.

Prints TAP; a table by kind with --markdown.
"""
import argparse
import email.parser
import email.utils
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402
from stub import Stub, user_text  # noqa: E402

NOW = "2026-06-01T00:00:00Z"
# Of false ones told as the model's, of true ones dropped; of true ones told so.
FALSE_MOST, TRUE_MOST, TEXT_LEAST = 0.06, 0.02, 0.2
OUTCOMES = ("text", "quote", "dropped")
HALVES = ("open", "held")
HEADING = """
## Statements of a model

%d statements about real threads, made by hand (tests/llm/statements.jsonl), and
given to the checks of the engine `llm` as the model's only words; asked again, the
model insists. Its text is told when the checks find it borne out, else the sentences
that it quotes, which are true whatever it says of them; what quotes nobody's words is
dropped. Some were looked at only when the checks were done; what fresh ones show is
in [llm.md](llm.md#how-well-they-do).

"""


def ids_of(value):
    return re.findall(r"<([^<>\s]+)>", str(value or ""))


def threads_of(corpus, wanted):
    """(name, bytes) of all mails that hang together with those wanted."""
    mails, parent = [], {}

    def find(one):
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    with tarfile.open(corpus) as tar:
        for member in tar:
            if not member.isfile() or "/cur/" not in member.name:
                continue
            data = tar.extractfile(member).read()
            head = email.parser.BytesHeaderParser().parsebytes(data)
            own = ids_of(head["Message-ID"])
            if not own:
                continue
            for other in ids_of(head["References"]) + \
                    ids_of(head["In-Reply-To"]):
                parent[find(other)] = find(own[0])
            mails.append((own[0], os.path.basename(member.name), data))
    roots = {find(one) for one in wanted}
    return [(name, data) for own, name, data in mails if find(own) in roots]


class Mailbox(run.Box):
    """The threads that the statements are about, and nothing else."""

    def __init__(self, shared, statements, unpacked):
        super().__init__()
        shutil.rmtree(self.dir + "/mail/sample/cur")
        if unpacked:
            shutil.copytree(unpacked, self.dir + "/mail/sample/cur")
        else:
            os.mkdir(self.dir + "/mail/sample/cur")
            self.unpack(shared, statements)
        self.index()

    def unpack(self, shared, statements):
        for name in sorted({s["list"] for s in statements}):
            for file, data in threads_of(
                    "%s/corpus/%s.tar.xz" % (shared, name),
                    {s["mail"] for s in statements if s["list"] == name}):
                with open("%s/mail/sample/cur/%s-%s" % (
                        self.dir, name, file), "wb") as out:
                    out.write(data)


class Insisting(Stub):
    """Says self.items, subject of the thread -> item, again and again."""

    def __init__(self):
        super().__init__([{}])
        self.items, self.refused, self.seen = {}, {}, set()
        self.replies = self

    def __len__(self):
        return 1 << 30

    def __getitem__(self, index):
        prompt = user_text(self.requests[index]["body"])
        mails = prompt.rsplit(": the mails end here ===", 1)[0]
        subject = re.search(r"^subject│(.*)$", mails, re.M)[1]
        why = re.search(r"\(refused: (.*)\)$", mails, re.M)
        if why:
            self.refused[subject] = why[1]
        answer = {"topic": "", "background": [], "new": [], "decisions": [],
                  "open_questions": [], "terms": []}
        item = self.items.get(subject)
        if item and "[%d]│" % item["sources"][0] in prompt:
            answer["new"] = [item]
            self.seen.add(subject)
        return {"answer": answer}


def item_of(statement, thread, people):
    """What the model says: names become placeholders."""
    names, authors = people
    numbers = {name: number for number, name in names}
    source = [m["id"] for m in thread["messages"]].index(statement["mail"])
    by = numbers[statement["by"]] if "by" in statement else \
        authors[str(source + 1)]
    text = re.sub(r"\{([^}]*)\}", lambda found: numbers[found[1]],
                  statement["text"])
    return {"sources": [source + 1], "quote": statement["quote"],
            "by": by, "act": statement["act"], "patch": statement["patch"],
            "text": text}


def rounds(statements):
    """Each with one statement a thread."""
    left = list(statements)
    while left:
        taken, rest = {}, []
        for one in left:
            if taken.setdefault(one["root"], one) is not one:
                rest.append(one)
        yield list(taken.values())
        left = rest


def judge(box, stub, statements, threads, people):
    """Sets outcome, shown, seen and why in each statement."""
    arguments = ["report", "--format=json", "--since=2015-01-01",
                 "--now=" + NOW]
    for some in rounds(statements):
        subjects = {s["root"]: threads[s["root"]]["subject"] for s in some}
        stub.items = {
            subjects[s["root"]]: item_of(s, threads[s["root"]],
                                         people[subjects[s["root"]]])
            for s in some}
        stub.refused, stub.seen = {}, set()
        box.forget()
        done = box.run(arguments + ["--engine=llm", "*"])
        report = {t["root_id"]: t for t in json.loads(done.stdout)["threads"]}
        for s in some:
            summary = report[s["root"]]["summary"]
            items = [i for zone in ("background", "earlier", "new",
                                    "decisions", "open_questions")
                     for i in summary.get(zone, []) if "act" in i]
            s["outcome"] = "dropped" if not items else \
                "quote" if items[0].get("verbatim") else "text"
            s["shown"] = items[0]["text"] if items else ""
            s["seen"] = subjects[s["root"]] in stub.seen
            s["why"] = stub.refused.get(subjects[s["root"]], "")


def prepare(box):
    """What the program knows: its threads, and who is which placeholder:
    subject -> [(placeholder, name)], {number of a mail: its author's}."""
    arguments = ["report", "--since=2015-01-01", "--now=" + NOW]
    done = box.run(arguments + ["--format=json", "--engine=extract", "*"])
    threads = {t["root_id"]: t for t in json.loads(done.stdout)["threads"]}
    people = {}
    done = box.run(arguments + ["--engine=llm", "--show-prompt", "*"])
    for line in done.stdout.decode().split("\n"):
        if not line.startswith("{"):
            continue
        mails = user_text(json.loads(line)).rsplit(
            ": the mails end here ===", 1)[0]
        subject = re.search(r"^subject│(.*)$", mails, re.M)[1]
        names = re.search(r"^people: (.*)$", mails, re.M)[1]
        people[subject] = (
            [tuple(one.split("│", 1)) for one in names.split("; ")],
            dict(re.findall(r"^\[(\d+)\] (\{P\d+\})", mails, re.M)))
    return threads, people


def table(statements):
    true = [s for s in statements if s["kind"] == "true"]
    false = [s for s in statements if s["kind"] != "true"]
    rows = [("true, English", [s for s in true if s["lang"] == "en"]),
            ("true, Chinese", [s for s in true if s["lang"] != "en"])]
    rows += [("false: " + kind, [s for s in false if s["kind"] == kind])
             for kind in dict.fromkeys(s["kind"] for s in false)]
    rows += [("all true ones", true), ("all false ones", false)]
    yield "| statements | | the text | the quote | dropped |"
    yield "|---|---:|---:|---:|---:|"
    for name, some in rows:
        yield "| %s | %d | %s |" % (name, len(some), " | ".join(
            str(sum(s["outcome"] == o for s in some)) for o in OUTCOMES))


def read_statements(path, half):
    with open(path) as file:
        for line in file:
            one = json.loads(line)
            one["half"] = "held" if one["held"] else "open"
            if not half or one["half"] == half:
                yield one


def tell(statements):
    """TAP; the number of failures."""
    failed = 0
    print("1..3")
    unseen = sum(not s["seen"] for s in statements)
    print("# %d are of mails that no prompt shows: nothing is checked" % unseen)
    statements = [s for s in statements if s["seen"]]
    true = [s for s in statements if s["kind"] == "true"]
    false = [s for s in statements if s["kind"] != "true"]
    for number, (name, outcome, some, least, most) in enumerate((
            ("true statements that are dropped", "dropped", true, 0,
             TRUE_MOST),
            ("true statements that are told as the model words them", "text",
             true, TEXT_LEAST, 1),
            ("false statements that are told so", "text", false, 0,
             FALSE_MOST)), 1):
        count = sum(s["outcome"] == outcome for s in some)
        good = len(some) > 20 and least <= count / len(some) <= most
        failed += not good
        print("%s %d - %s: %d of %d, %.1f %%" % (
            "ok" if good else "not ok", number, name, count, len(some),
            100 * count / len(some)))
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shared")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--statements", default=run.HERE + "/statements.jsonl",
                        help="other ones than those of the tests")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--markdown")
    parser.add_argument("--unpacked", help="the threads' mails as files")
    arguments = parser.parse_args()
    statements = list(read_statements(arguments.statements, arguments.half))
    box, stub = Mailbox(arguments.shared, statements,
                        arguments.unpacked), Insisting()
    try:
        for language in ("en", "zh_CN"):
            settings = run.settings_of({}, stub)
            settings.update({"max_words": "100000", "llm.concurrency": "4",
                             "llm.context": "1000000", "lang": language})
            box.configure(settings)
            threads, people = prepare(box)
            judge(box, stub, [s for s in statements if s["lang"] == language],
                  threads, people)
    finally:
        stub.close()
        box.close()
    if arguments.verbose:
        for s in statements:
            print("# %-11s %s %-15s %s | %s%s" % (
                s["kind"], s["outcome"], s["act"],
                s["text"], s["shown"], s["why"] and " | " + s["why"]))
    if arguments.markdown:
        with open(arguments.markdown, "a") as out:
            out.write(HEADING % len(statements) + "\n".join(table(statements)) + "\n")
    return 1 if tell(statements) else 0


if __name__ == "__main__":
    sys.exit(main())
