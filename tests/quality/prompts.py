#!/usr/bin/env python3
"""What a prompt holds, and what a statement costs (stdlib and notmuch only).

usage: prompts.py BINARY SHARED WORK [--context TOKENS] [--url URL --model NAME] [LIST...]

The annotated week of each LIST (of SHARED/quality/lists.json; default kvmarm) is
put into prompts: how many tokens, as a share of those of its mails' texts, and
of what. Then a model is asked: the one at URL (OpenAI's protocol), else a stub
that says a true sentence of each mail; tokens sent a statement that is kept.
--context is what fits into a prompt and its answer (default 100000).
Tokens are estimated as the program does (llm/tokens.c). Mailboxes are kept in
WORK.
"""
import argparse
import email
import email.policy
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "llm"))
from stub import Stub, user_text  # noqa: E402

RUN = re.compile(r"[A-Za-z]+|\n+|[ \t\r\f\v]+|.", re.S)
HEAD = re.compile(r"\[\d+\] \{P\d+\}( answers)?")
POSTING = re.compile(r"(?:│|\d, )\[[^]]*PATCH")
LINE = re.compile(r"(?:\[\d+\])?│")
END = ": the mails end here ===\n"
PARTS = ["own words of answers", "own words of postings", "quoted words",
         "marks", "heads", "facts and task", "instructions"]


def tokens(text):
    """As nd_llm_tokens_estimate()."""
    whole = halves = 0
    for found in RUN.finditer(text):
        run = found[0]
        if run.isascii() and run.isalpha():
            whole += 1 + (len(run) - 1) // 6
        elif run[0] == "\n":
            whole += 1
        elif run.isspace() and run.isascii():
            whole += run != " "
        elif ord(run) < 0x80 or ord(run) >= 0x800:
            whole += 1
        else:
            halves += 1
    return whole + (halves + 1) // 2


def text_of(path):
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    part = mail.get_body(("plain", "html"))
    try:
        return part.get_content() if part else ""
    except (LookupError, UnicodeError):
        return part.get_payload()


class Box:
    """A mailbox of annotated mail, and the week of it."""

    def __init__(self, binary, shared, work, name, context):
        quality = os.path.join(shared, "quality")
        sys.path.insert(0, quality)
        import lists
        with open(os.path.join(quality, "lists.json"), encoding="utf-8") as f:
            entry = json.load(f)[name]
        self.config = lists.mailbox(name, entry, quality, work)
        self.binary, self.context = binary, context
        self.week = ["--since=" + entry["since"], "--until=" + entry["until"],
                     "--now=" + entry["until"], "*"]

    def run(self, url, model, *arguments):
        with tempfile.TemporaryDirectory() as home:
            config = os.path.join(home, "config")
            with open(self.config, encoding="utf-8") as old, \
                    open(config, "w", encoding="utf-8") as out:
                out.write(old.read() + "[digest]\nllm.allow=*\nllm.url=%s\n"
                          "llm.model=%s\nllm.context=%d\n" % (
                              url, model, self.context))
            env = dict(os.environ, HOME=home, NOTMUCH_CONFIG=config, TZ="UTC",
                       XDG_CACHE_HOME=home, LC_ALL="C.UTF-8")
            return subprocess.run(
                [self.binary, "report", *arguments, *self.week], env=env,
                check=True, stdout=subprocess.PIPE, text=True).stdout

    def texts(self, report):
        """Tokens of the texts of the mails that a report is about."""
        known = {}
        shown = subprocess.run(
            ["notmuch", "--config=" + self.config, "show", "--format=json",
             "--body=false", "--entire-thread=true", "--exclude=false", "*"],
            check=True, stdout=subprocess.PIPE).stdout
        todo = [json.loads(shown)]
        while todo:
            node = todo.pop()
            if isinstance(node, list):
                todo += node
            elif node:
                known[node["id"]] = node["filename"][0]
        return sum(tokens(text_of(known[mail["id"]]))
                   for thread in report["threads"]
                   for mail in thread["messages"])


def take_apart(body, parts):
    """Add the tokens of a request's parts."""
    instructions = "".join(m["content"] for m in body["messages"]
                           if m["role"] == "system")
    mails, task = user_text(body).rsplit(END, 1)
    of = PARTS[1]
    parts["instructions"] += tokens(instructions)
    parts["facts and task"] += tokens(END + task)
    for line in mails.split("\n"):
        head, mark = HEAD.match(line), LINE.match(line)
        if head:
            of = PARTS[0] if head[1] and not POSTING.search(line) else PARTS[1]
            parts["heads"] += tokens(line + "\n")
        elif mark:
            text = line[mark.end():]
            parts["marks"] += tokens(mark[0] + "\n")
            parts["quoted words" if text.startswith("> ") else of] += \
                tokens(text)
        else:
            parts["facts and task"] += tokens(line + "\n")


def statements(report):
    """Items that a model said, of a report's threads."""
    count = 0
    for thread in report["threads"]:
        summary = thread["summary"]
        if summary["engine"] == "llm":
            count += sum(len(summary[zone]) for zone in
                         ("background", "earlier", "new", "decisions")
                         if zone not in summary["excerpts"])
            count += len(thread["open_questions"])
    return count


def measure(box, args):
    stub = Stub([{"auto": True}])
    url, model = args.url or stub.url("openai"), args.model or "stub"
    parts = dict.fromkeys(PARTS, 0)
    shown = box.run(url, model, "--engine=llm", "--show-prompt")
    bodies = [json.loads(line) for line in shown.split("\n")
              if line.startswith("{")]
    for body in bodies:
        take_apart(body, parts)
    report = json.loads(box.run(url, model, "--engine=llm", "--format=json"))
    whole, sent = box.texts(report), sum(parts.values())
    said = statements(report)
    print("%d tokens in %d requests, %.1f %% of the %d of the texts" % (
        sent, len(bodies), 100 * sent / whole, whole))
    for name in PARTS:
        print("  %5.1f %%  %s" % (100 * parts[name] / sent, name))
    print("%d statements kept of %s, %.0f tokens each" % (
        said, model, sent / max(said, 1)))
    stub.close()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("binary")
    parser.add_argument("shared")
    parser.add_argument("work")
    parser.add_argument("lists", nargs="*")
    parser.add_argument("--context", type=int, default=100000)
    parser.add_argument("--url")
    parser.add_argument("--model")
    args = parser.parse_intermixed_args()
    for name in args.lists or ["kvmarm"]:
        print(name + ": ", end="")
        measure(Box(os.path.abspath(args.binary), args.shared,
                    os.path.abspath(args.work), name, args.context), args)


if __name__ == "__main__":
    main()
