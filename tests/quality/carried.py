#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Say which open items of a report are lost in the next one.

usage: carried.py [--weeks N] [--user] BINARY CONFIG ...
       carried.py --reports FILE ...

Each CONFIG is a notmuch configuration; its mailbox is reported week by week, from
its first mail to its last (--weeks: the last N of them), for nobody, or with --user
for the one who writes most there, whom the configuration is made to name. With
--reports the files are reports of windows that follow each other.

What waits for somebody in one report (the lists of front, front.open but for what is
between others and not late) must be open in the next, or stand in its front.settled with the mail that settled
it, which is in the mailbox and was sent before the end of the window; or with
"lapsed", when its thread has had no mail for 90 days. A line for each item that is
lost, "list week id: what", then how many reports and items were looked at; exit 1
when one is lost.
"""
import argparse
import datetime
import json
import os
import re
import subprocess
import sys

LISTS = ("needs_you", "waits_for_others", "overdue", "unanswered")
WEEK = datetime.timedelta(days=7)
LAPSE_S = 90 * 86400


def notmuch(config, *words):
    """The lines that notmuch prints."""
    return subprocess.run(["notmuch", *words], check=True, text=True,
                          stdout=subprocess.PIPE,
                          env=dict(os.environ, NOTMUCH_CONFIG=config)
                          ).stdout.splitlines()


def seconds_of(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Mails:
    """When the mails of a mailbox were sent, and the threads they are in."""

    def __init__(self, config):
        self.date, self.thread = {}, {}
        shown = json.loads("\n".join(notmuch(
            config, "show", "--format=json", "--body=false", "--entire-thread=true",
            "--exclude=false", "*")))
        for thread in shown:
            mails = list(self.flatten(thread))
            for mail in mails:
                self.date[mail["id"]] = mail["timestamp"]
                self.thread[mail["id"]] = mails

    def last_before(self, ident, until_s):
        return max([mail["timestamp"] for mail in self.thread[ident]
                    if mail["timestamp"] < until_s] or [0])

    def flatten(self, node):
        if isinstance(node, dict):
            yield node
        elif node:
            for child in node:
                yield from self.flatten(child)


def items_in(front):
    """What is open: id -> how it is said, of each item."""
    found = {}
    for name in LISTS:
        for item in front[name]:
            found[item["id"]] = "%s, %s" % (name, item["text"])
    for item in front.get("open", []):
        if not item.get("dismissed") and item["list"] != "carried":
            found.setdefault(item["id"], "open, %s" % item["text"])
    return found


def check_one(front):
    """Items of a report that contradict the report itself."""
    open_now = {item["id"] for item in front.get("open", [])}
    for name in LISTS:
        for item in front[name]:
            if item["id"] not in open_now:
                yield item["id"], "in %s and not open: %s" % (name, item["text"])


def settled_wrongly(item, until_s, mails):
    """None, or what is wrong with the mail that settled it."""
    if item.get("lapsed"):
        if mails and mails.last_before(item["id"], until_s) >= until_s - LAPSE_S:
            return "lapsed, and its thread has newer mail"
        return None
    closed_by = item.get("closed_by")
    if not closed_by:
        return "settled by no mail"
    if mails and closed_by not in mails.date:
        return "settled by a mail that is not there"
    # Mails whose clock was wrong are dated anew; a day is more than that matters.
    if mails and mails.date[closed_by] >= until_s + 86400:
        return "settled by a mail that comes later"
    return None


def check_pair(before, after, mails):
    """Items of one report that the next one loses."""
    front = after["front"]
    open_now = {item["id"] for item in front.get("open", [])}
    settled = {}
    for item in front.get("settled", []):
        settled.setdefault(item["id"], []).append(item)
    until_s = seconds_of(after["window"]["until"])
    for ident, said in items_in(before["front"]).items():
        if ident in open_now:
            continue
        if ident not in settled:
            yield ident, "lost: " + said
            continue
        wrong = [settled_wrongly(item, until_s, mails) for item in settled[ident]]
        if all(wrong):
            yield ident, "%s: %s" % (wrong[0], said)


def weeks_of(config, count):
    """The windows, oldest first."""
    def day(order):
        first = notmuch(config, "search", "--format=json", "--limit=1",
                        "--sort=" + order, "date:1990..today")
        stamp = json.loads("\n".join(first))[0]["timestamp"]
        return datetime.datetime.fromtimestamp(
            stamp, datetime.timezone.utc).replace(hour=0, minute=0, second=0)

    since, end = day("oldest-first"), day("newest-first") + WEEK
    windows = []
    while since < end:
        windows.append((since, since + WEEK))
        since += WEEK
    return windows[-count:] if count else windows


def counted(config, field):
    """Addresses of a field of all mails -> (how often, as it is written)."""
    found = {}
    for line in notmuch(config, "address", "--output=" + field, "--output=count",
                        "--deduplicate=address", "*"):
        count, _, who = line.partition("\t")
        address = re.search(r"[\w.+-]+@[\w.-]+", who)
        if address:
            found[address.group(0).lower()] = (int(count), who)
    return found


def name_user(config, rank=1):
    """Let the configuration be of the person who writes most, or next to most."""
    senders, recipients = counted(config, "sender"), counted(config, "recipients")
    mails = int(notmuch(config, "count", "*")[0])
    # Lists write, too, in the name of others, and programs.
    people = [address for address in sorted(senders)
              if recipients.get(address, (0,))[0] < mails / 2
              and not re.search(r"bot\b|bot[+@]|noreply|no-reply|robot|lkp@", address)]
    people.sort(key=lambda address: -senders[address][0])
    most = people[rank - 1]
    notmuch(config, "config", "set", "user.primary_email", most)
    notmuch(config, "config", "set", "user.name",
            senders[most][1].partition("<")[0].strip(' "'))


def report_of(binary, config, since, until):
    text = subprocess.run(
        [binary, "report", "--format=json", "--quiet", "--limit=1",
         "--since=" + since.isoformat(), "--until=" + until.isoformat(),
         "--now=" + until.isoformat(), "*"],
        check=True, stdout=subprocess.PIPE,
        env=dict(os.environ, NOTMUCH_CONFIG=config)).stdout
    return json.loads(text)


def reports_of(args, config):
    for since, until in weeks_of(config, args.weeks):
        yield until.date().isoformat(), report_of(args.binary, config, since, until)


def check_all(name, reports, mails, totals):
    lost = 0
    before = None
    for week, report in reports:
        found = list(check_one(report["front"]))
        if before:
            found += check_pair(before, report, mails)
        for ident, what in found:
            print("%s %s %s: %s" % (name, week, ident, what))
        lost += len(found)
        totals["reports"] += 1
        totals["open"] += len(items_in(report["front"]))
        totals["settled"] += sum(1 for item in report["front"].get("settled", [])
                                 if item.get("closed_by"))
        before = report
    return lost


def read_reports(paths):
    for path in paths:
        with open(path) as file:
            yield path, json.load(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weeks", type=int, default=0)
    parser.add_argument("--user", action="store_true")
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("binary")
    parser.add_argument("rest", nargs="*")
    args = parser.parse_args()
    totals = {"reports": 0, "open": 0, "settled": 0}
    lost = 0
    if args.reports:
        lost = check_all("-", read_reports([args.binary] + args.rest), None, totals)
    for config in [] if args.reports else args.rest:
        if args.user:
            name_user(config)
        lost += check_all(os.path.basename(os.path.dirname(config)),
                          reports_of(args, config), Mails(config), totals)
    print("# %d reports, %d open items, %d settled by a mail, %d lost" % (
        totals["reports"], totals["open"], totals["settled"], lost))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
