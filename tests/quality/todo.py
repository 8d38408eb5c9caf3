#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items of `todo` beside what was said since, to be read and judged.

usage: todo.py BINARY SHARED WORK [COUNT [LIST[:RANK]...]]     (by `make read-todo`)

For each mailbox of SHARED/corpus, unpacked below WORK, at its last day, as the
person who writes most there (RANK 2: next to most): COUNT items (20), taken evenly from all lists that
`todo` has, or all there are. Of each its list and reason, the begin of the mail that
it rests on, the later mails of the thread, and later threads of a like subject.
"""
import email
import json
import os
import re
import subprocess
import sys

from carried import name_user, notmuch

LISTS = ["needs_you", "waits_for_others", "overdue", "unanswered"]
CORPORA = ["btrfs", "clang", "ext4", "iouring", "kvmarm-2021q1", "ltp", "raid", "spi",
           "wireless"]
MAIL_LINES, SINCE_MAX = 9, 8


def unpack(shared, work, name):
    """The configuration of the mailbox, which is made when it is missing."""
    mail = os.path.join(os.path.abspath(work), name)
    config = os.path.join(mail, "config")
    if not os.path.exists(config):
        os.makedirs(mail, exist_ok=True)
        subprocess.run(["tar", "-xJf", os.path.join(shared, "corpus", name + ".tar.xz"),
                        "-C", mail], check=True)
        with open(config, "w") as file:
            file.write("[database]\npath=%s\n[new]\nignore=config\n"
                       "[maildir]\nsynchronize_flags=false\n" % mail)
        subprocess.run(["notmuch", "new", "--quiet"], check=True,
                       env=dict(os.environ, NOTMUCH_CONFIG=config))
    return config


def words_of(path):
    """Who wrote it, when, and its lines but quotes (the last of each stays) and diffs."""
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file)
    text = next((part.get_payload(decode=True).decode("utf-8", "replace")
                 for part in mail.walk() if part.get_content_type() == "text/plain"), "")
    lines = [line for line in text.split("\ndiff --git")[0].split("\n") if line.strip()]
    kept = [line for line, after in zip(lines, lines[1:] + [""])
            if not line.startswith(">") or not after.startswith(">")]
    return str(mail["From"])[:24], kept


def print_item(config, item):
    print("\n== %(list)s %(why)s %(days)dd | %(subject)s | %(text)s" % item)
    query = 'id:"%s"' % item["id"]
    for line in words_of(notmuch(config, "search", "--output=files", query)[0])[1][:MAIL_LINES]:
        print("    " + line[:110])
    thread = notmuch(config, "search", "--output=threads", query)[0]
    mails = notmuch(config, "search", "--output=messages", "--sort=oldest-first", thread)
    later = mails[mails.index("id:" + item["id"]) + 1:] if "id:" + item["id"] in mails else []
    for mail in later[:SINCE_MAX]:
        who, lines = words_of(notmuch(config, "search", "--output=files", mail)[0])
        print("  -> %s: %s" % (who, " / ".join(
            [line for line in lines if not line.startswith(">")][:3])[:150]))
    title = re.findall(r"\w{4,}", re.sub(r"^(\[[^]]*\]\s*|Re:\s*)*", "", item["subject"]))
    if title:
        like = " and ".join(["not " + thread, "date:%s.." % item["since"][:10]] +
                            ["subject:" + word for word in title[:6]])
        for found in json.loads("\n".join(notmuch(
                config, "search", "--format=json", "--limit=3", like))):
            print("  ~~ %(date_relative)s %(subject)s (%(authors)s)" % found)


def main():
    binary, shared, work = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 20
    for which in sys.argv[5:] or CORPORA:
        name, _, rank = which.partition(":")
        config = unpack(shared, work, name)
        name_user(config, int(rank or 1))
        last = json.loads("\n".join(notmuch(
            config, "search", "--format=json", "--limit=1", "date:1990..today")))
        todo = json.loads(subprocess.run(
            [binary, "todo", "--quiet", "--format=json",
             "--now=@%d" % (last[0]["timestamp"] + 1)], check=True,
            stdout=subprocess.PIPE, env=dict(os.environ, NOTMUCH_CONFIG=config)).stdout)
        items = [dict(item, list=which) for which in LISTS for item in todo[which]]
        shown = min(count, len(items))
        print("\n######## %s, as %s: %d of %d items" % (
            name, notmuch(config, "config", "get", "user.name")[0], shown, len(items)))
        for i in range(shown):
            print_item(config, items[i * len(items) // shown])


if __name__ == "__main__":
    main()
