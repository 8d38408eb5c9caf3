#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Say where the summaries of reports contradict what the same reports know.

usage: truth.py [--since DATE] [--until DATE] BINARY CONFIG ...
       truth.py --reports FILE ...

Each CONFIG is a notmuch configuration; its mailbox is reported week by week, from
its first mail to its last, or within the dates. With --reports the reports are
files. A line for each contradiction, "list week root: kind: item", then how many
threads and items were looked at; exit 1 when there is a contradiction.

What is held against each other:
- a sentence that is a fact, and the facts of the thread (who took what and where,
  newer version, tags, whose answer is awaited, nobody has replied);
- the topic, and the state;
- what people say of taking patches, and the state;
- items that say the same;
- answers, and whether their question stands before them;
- beginnings that lead back ("However, …"), where nothing stands before them;
- questions that are open, and what was taken since.
"""
import argparse
import json
import os
import re
import subprocess
import sys

TAKEN = {"applied", "pulled", "merged", "merged-stable"}
ZONES = ("background", "earlier", "new", "decisions")
MONTHS = ("January February March April May June July August September October "
          "November December").split()
DAY = r"\d+ (?:%s)(?: \d{4})?" % "|".join(MONTHS)


def names_in(text):
    """The names of "A", "A and B", "A, B and C"; "others" is nobody."""
    names = re.split(r", | and ", text)
    return [name for name in names if name != "others"]


def numbers_in(text):
    """The patches of "2/4", "2/4 and 3/4", "patches 1 to 4 of 9"; None: others."""
    run = re.match(r"patches (\d+) to (\d+) of \d+$", text)
    if run:
        return set(range(int(run[1]), int(run[2]) + 1))
    found = re.findall(r"(\d+)/\d+", text)
    return {int(number) for number in found} if found else None


# ---- facts against facts ----

def check_taken(thread, told):
    """"A applied the series to B (123456789abc).\""""
    applied = thread["applied"]
    if not applied:
        return "nothing was applied"
    patches = set() if applied["patches"] == "all" else set(applied["patches"])
    numbers = numbers_in(told["what"])
    if numbers is None and told["what"].startswith("the "):
        numbers = set()
    if numbers is not None and numbers != patches:
        return "patches are %s" % sorted(patches)
    if told["what"] == "an earlier patch":
        return None
    if re.fullmatch(r"v\d+", told["what"]) and int(told["what"][1:]) not in [
            series["version"] for series in thread["more_series"]]:
        return "no such version in this thread"
    if not patches and thread["state"] not in TAKEN | {"superseded"}:
        return "state is " + thread["state"]
    for word in ("by", "tree"):
        known = applied[word].split("; ")
        if not told.get(word) or told[word] == applied[word]:
            continue
        for name in names_in(told[word]):
            # Of a link only its end is told.
            if not any(one == name or "://" in one and one.endswith("/" + name)
                       for one in known):
                return "%s is %s" % (word, applied[word])
    if told.get("commit") and not any(commit.startswith(told["commit"])
                                      for commit in applied["commits"]):
        return "commits are %s" % applied["commits"]
    return None


def check_newer(thread, told):
    """"A posted v3 on 4 March." of a thread that has an older version."""
    series = thread["series"]
    link = series and series["next_version"]
    if not link:
        return "no newer version"
    if link["version"] != int(told["version"]):
        return "the newer version is v%d" % link["version"]
    return None


def check_anew(thread, told):
    """"A posted it anew on 4 March.": with the same number, or after an RFC."""
    series = thread["series"]
    link = series and series["next_version"]
    if not link:
        return "nothing newer"
    if link["version"] > series["version"]:
        return "the newer version is v%d" % link["version"]
    return None


def check_posted(thread, told):
    """"A posted v2, 4 patches, on 4 March; nobody has replied yet.\""""
    series = thread["series"]
    if series and told.get("version") and int(told["version"]) != series["version"]:
        return "the version is v%d" % series["version"]
    # A thread that begins in the middle of a series has some of its patches.
    if series and told.get("total") and int(told["total"]) > series["total"]:
        return "there are %d patches" % series["total"]
    if told.get("silent") == "; nobody has replied yet" and thread["state"] in (
            "answered", "reviewed", "changes-requested", "under-review"):
        return "state is " + thread["state"]
    return None


def is_same(one, other):
    """Two forms of a name: "Ann B. Lee", "LEE Ann B <ann@example.org>\"."""
    words = [set(re.findall(r"\w+", re.sub(r"<.*?>", "", name).lower()))
             for name in (one, other)]
    return bool(words[0] & words[1]) and (
        words[0] <= words[1] or words[1] <= words[0])


def check_gift(thread, told):
    """"A and B gave Reviewed-by for 2/4.\""""
    for who in names_in(told["who"]):
        given = [tag for tag in thread["trailers"] if is_same(who, tag["who"])]
        for kind in names_in(told["types"]):
            if not any(tag["type"].lower() == kind.lower() for tag in given):
                return "%s gave no %s" % (who, kind)
    return None


def check_silence(thread, told):
    """"A awaits an answer from B.\""""
    waited = {one["who"] for one in thread["attention"]}
    for who in names_in(told["whom"]):
        if not any(is_same(who, name) for name in waited):
            return "nothing is awaited from " + who
    return None


def check_failure(thread, told):
    """"A reports a failure: …": a program, in a mail that still says so."""
    programs = {mail["id"] for mail in thread["messages"] if mail["writer"] != "person"}
    for event in thread["events"]:
        if (event["type"] == "test-result" and event["failed"] and
                event["id"] in programs and is_same(told["who"], event["who"]) and
                event["text"] == told["text"]):
            return None
    return "no program found that"


FACTS = (
    (r"(?P<what>.+) was merged into (?P<tree>.+?)(?: \((?P<commit>[0-9a-f]+)\))?\.",
     check_taken),
    (r"(?P<what>.+) was applied to (?P<tree>.+?)(?: \((?P<commit>[0-9a-f]+)\))?\.",
     check_taken),
    (r"(?P<what>.+) was (?:applied|merged|added to stable)\.", check_taken),
    (r"(?P<by>.+?) (?:applied|merged|pushed|queued) (?P<what>an earlier patch|v\d+|the (?:series|patch|pull request)|[^(]*?\d+/\d+|"
     r"patches \d+ to \d+ of \d+|\d+ of \d+ patches)(?: to (?P<tree>.+?))?"
     r"(?: \((?P<commit>[0-9a-f]+)\))?\.", check_taken),
    (r"(?P<who>.+) posted v(?P<version>\d+) on " + DAY + r"\.", check_newer),
    (r"(?P<who>.+) posted it anew on " + DAY + r"\.", check_anew),
    (r"(?P<who>.+) (?:posted (?:v(?P<version>\d+)(?:, (?P<total>\d+) patches,)?|"
     r"(?P<count>\d+) patches|the patch|the pull request)|asked|wrote|"
     r"reported this|announced this) on " + DAY +
     r"(?P<silent>; (?:nobody|nobody else|only programs) ha(?:s|ve|d) replied(?: yet)?)?"
     r"\.", check_posted),
    (r"(?P<who>.+) gave (?P<types>[A-Z][A-Za-z-]+(?:(?:, | and )[A-Z][A-Za-z-]+)*)"
     r"(?: for (?P<scope>.+?))?(?: \((?P<condition>.+)\))?(?: again)?\.",
     check_gift),
    (r"(?P<who>.+) awaits an answer from (?P<whom>.+)\.", check_silence),
    (r"(?P<who>.+) reports a failure: (?P<text>.+)", check_failure),
)


def check_fact(thread, text):
    first = None
    for pattern, check in FACTS:
        told = re.fullmatch(pattern, text, re.S)
        if not told:
            continue
        fault = check(thread, told.groupdict())
        if not fault:
            return None
        first = first or fault
    return first or "a fact of no known form"


# ---- the topic ----

TOPICS = (
    (r"(?:not applied yet)", lambda thread: thread["state"] == "reviewed"),
    (r"(?:no reply yet)", lambda thread: thread["state"] in (
        "new", "open", "under-review") or thread["counts"]["participants"] == 1),
    (r"(?<!not )\b(?:applied|merged|pushed|queued) (?:by|to) ", lambda thread: bool(thread["applied"])),
    (r"\bwithdrawn$", lambda thread: thread["state"] == "withdrawn"),
    (r"\brejected", lambda thread: thread["state"] == "rejected"),
    (r"\bposted (?:v\d+|it anew)$", lambda thread: thread["state"] == "superseded"),
)


def check_topic(thread):
    topic = thread["summary"]["topic"].split(": ")[-1]
    for pattern, holds in TOPICS:
        if re.search(pattern, topic) and not holds(thread):
            return "state is " + thread["state"]
    return None


# ---- what people say ----

# Whoever speaks so has taken it; "to be applied", "if applied", "applied on top of"
# do not.
CLAIMS = re.compile(
    r"(?:(?:I|I've|I have|we|we've|now|ok|okay|thanks|great|both|all|this|series|"
    r"patch|patches|patchset|whole|the|just|have|has|been)[,.!]? )*"
    r"(?:applied|merged|pushed|queued(?: up)?|picked(?: up)?|pulled|committed)\b"
    r"(?:[.!,;]| to | in | into | for | on (?!top of)| with | and |$)", re.I)

# Nothing else says what they are about.
ANSWERS = re.compile(
    r"(?:yes|yeah|yep|yup|no|nope|sure|ok|okay|right|exactly|correct|agreed|agree|"
    r"indeed|absolutely|definitely|probably|maybe|true|same here|me too|"
    r"not really|of course|will do|done|fixed|good point|good catch|"
    r"(?:it|that|this|they|we|i|he|there) (?:is|are|do|does|did|can|will|should|would|"
    r"was|were|has|have|had|could|might)(?:n't| not)?)(?:,? (?:i|it|that|this|they) "
    r"(?:think|guess|is|are|do|does|did|can|will|should|would|agree)(?:n't| not)?)?"
    r"[.,!]*(?: (?:thanks|thank you|indeed|now|too|again)[.!]*)?", re.I)


def words_of(text):
    """What is said, without the name of who says it."""
    said = re.match(r'[^:"]{1,80}(?: \(".*?"\))?: (.*)', text, re.S)
    return said[1] if said else text


def check_claim(thread, text):
    if not thread["series"] or thread["state"] in TAKEN or thread["applied"]:
        return None
    if CLAIMS.match(words_of(text)):
        return "state is " + thread["state"]
    return None


# Whoever asks so has got an answer when it was taken.
ASKS_TO_TAKE = re.compile(
    r"\b(?:can|could|would|will|please|mind)\b(?: \S+){0,4}? "
    r"(?:take|taken|pick|picked|apply|applied|merge|merged|pull|pulled|queued?)\b", re.I)

# Who says it, and nothing that is quoted above it.
NAME = r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}"

# In front of what somebody says first; see nd_itemtext_connective().
LEADS_BACK = re.compile(
    r"(?:also|but|and) [a-z]|(?:however|also|thus|therefore|hence|moreover|"
    r"furthermore|additionally|besides), [a-z]", re.I)


def check_beginning(text):
    said = re.fullmatch(r"(?![Vv]\d)" + NAME + r": (.*)", text, re.S)
    if said and LEADS_BACK.match(said[1]):
        return "leads back to nothing"
    return None


def check_question(thread, question):
    applied = thread["applied"]
    if not applied or applied["patches"] != "all" or thread["state"] not in TAKEN:
        return None
    dates = {event["id"]: event["date"] for event in thread["events"]}
    asked, taken = dates.get(question["id"]), dates.get(applied.get("given_in"))
    if asked and taken and asked < taken and ASKS_TO_TAKE.search(question["sentence"]):
        return "state is " + thread["state"]
    return None


def follows_another(before, text):
    """Does somebody else speak right before?"""
    speaker = text.split(":")[0]
    return bool(before) and not before[-1].get("fact") and (
        not before[-1]["text"].startswith(speaker))


def plain(text):
    return " ".join(re.findall(r"\w+", words_of(text).lower()))


def faults_of(thread):
    """(kind, item, why) of each contradiction of a thread."""
    summary = thread["summary"]
    if not summary:
        return
    fault = check_topic(thread)
    if fault:
        yield "topic", summary["topic"], fault
    for question in thread["open_questions"]:
        fault = check_question(thread, question)
        if fault:
            yield "question", question["sentence"], fault
    said = {}
    for zone in ZONES:
        for place, item in enumerate(summary[zone]):
            text = item["text"]
            key = plain(text)
            if key and key in said:
                yield "twice", text, "also in " + said[key]
            said[key] = zone
            if item.get("fact"):
                fault = check_fact(thread, text)
                if fault:
                    yield "fact", text, fault
                continue
            fault = check_claim(thread, text)
            if fault:
                yield "claim", text, fault
            fault = check_beginning(text)
            if fault:
                yield "beginning", text, fault
            if (ANSWERS.fullmatch(words_of(text)) and '("' not in text and
                    not follows_another(summary[zone][:place], text)):
                yield "answer", text, "to what?"


# ---- reports ----

def weeks_of(config, since, until):
    """The weeks that have mail, as (since, until) of seconds."""
    first, last = 0, 4102444800
    if since:
        first = seconds_of(since)
    if until:
        last = seconds_of(until)
    week = 7 * 86400
    start = max(first, 1104537600)
    weeks = [(at, min(at + week, last)) for at in
             range(start, min(last, 1893456000), week)]
    queries = "".join("date:@%d..@%d\n" % (a, b - 1) for a, b in weeks)
    counts = subprocess.run(
        ["notmuch", "count", "--batch"], input=queries, text=True, check=True,
        stdout=subprocess.PIPE, env=dict(os.environ, NOTMUCH_CONFIG=config)).stdout
    return [span for span, count in zip(weeks, counts.split()) if int(count) > 0]


def seconds_of(day):
    import calendar
    import time
    return calendar.timegm(time.strptime(day, "%Y-%m-%d"))


def reports_of(binary, config, since, until):
    env = dict(os.environ, NOTMUCH_CONFIG=config, TZ="UTC", LC_ALL="C.UTF-8")
    for begin, end in weeks_of(config, since, until):
        made = subprocess.run(
            [binary, "report", "--format=json", "--quiet", "--lang=en",
             "--since=@%d" % begin, "--until=@%d" % end, "--now=@%d" % end, "*"],
            stdout=subprocess.PIPE, env=env)
        if made.returncode:
            sys.exit("%s: exit %d" % (config, made.returncode))
        yield json.loads(made.stdout)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--since")
    parser.add_argument("--until")
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("what", nargs="+")
    args = parser.parse_args()
    threads = items = faults = 0

    def look(name, report):
        nonlocal threads, items, faults
        for thread in report["threads"]:
            threads += 1
            if thread["summary"]:
                items += sum(len(thread["summary"][zone]) for zone in ZONES)
            for kind, text, why in faults_of(thread):
                faults += 1
                print("%s %s %s: %s: %s [%s]" % (
                    name, report["window"]["since"][:10], thread["root_id"], kind,
                    text, why))

    if args.reports:
        for path in args.what:
            with open(path, encoding="utf-8") as file:
                look(os.path.basename(path), json.load(file))
    else:
        for config in args.what[1:]:
            name = os.path.basename(os.path.dirname(os.path.abspath(config)))
            for report in reports_of(os.path.abspath(args.what[0]), config,
                                     args.since, args.until):
                look(name, report)
    print("# %d threads, %d items, %d contradictions" % (threads, items, faults))
    return faults > 0


if __name__ == "__main__":
    sys.exit(main())
