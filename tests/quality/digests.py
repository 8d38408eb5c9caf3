#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print digests beside their threads, to be read and graded.

usage: digests.py BINARY SHARED WORK [SEED [LIST ...]]

Thirty threads of the LISTs in SHARED/corpus (ten if none is named), as many of each:
of 4 to 30 mails, those first in the order of a hash of SEED (default 1) and their
first Message-ID, two in three about patches and the others talks where the list has
both. The digest is the mail of the week that ends with the last one. In the threads diffs, long quotes, long mails and what
follows a signature mark are folded. Mailboxes are kept in WORK.
"""
import email
import email.policy
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile

LISTS = ("btrfs clang ext4 iouring kvmarm-2021q1 ltp openbmc selinux usrp "
         "wireless").split()
MAILS_MIN, MAILS_MAX = 4, 30
THREADS = 30
QUOTE_LINES = 4  # that are shown of each quote, its last ones
LINES = 40  # that are shown of a mail


def mailbox(shared, work, name):
    home = os.path.join(os.path.abspath(work), name)
    config = os.path.join(home, "config")
    if not os.path.exists(config):
        os.makedirs(home, exist_ok=True)
        with tarfile.open("%s/corpus/%s.tar.xz" % (shared, name)) as archive:
            archive.extractall(home)
        with open(config + ".new", "w", encoding="utf-8") as out:
            out.write("[database]\npath=%s\n[new]\nignore=config;config.new\n"
                      "[maildir]\nsynchronize_flags=false\n" % home)
        subprocess.run(["notmuch", "--config=" + config + ".new", "new", "--quiet"],
                       check=True, stderr=subprocess.DEVNULL)
        os.rename(config + ".new", config)
    return config


def notmuch(config, *args):
    return subprocess.run(["notmuch", "--config=" + config, *args], check=True,
                          stdout=subprocess.PIPE, text=True).stdout


def choose(config, seed, count):
    """(thread, root id, newest date) of the count to read."""
    threads = json.loads(notmuch(config, "search", "--format=json", "*"))
    ranked = []
    for thread in threads:
        if not MAILS_MIN <= thread["total"] <= MAILS_MAX:
            continue
        query = "thread:" + thread["thread"]
        root = notmuch(config, "search", "--output=messages",
                       "--sort=oldest-first", "--limit=1", query).strip()[3:]
        rank = hashlib.sha256((seed + " " + root).encode()).hexdigest()
        ranked.append((rank, query, root, thread))
    talks = round(count / 3)
    left = {True: count - talks, False: talks}
    chosen, others = [], []
    for rank, query, root, thread in sorted(ranked, key=lambda row: row[0]):
        patches = bool(re.search(r"\[[^]]*(?:PATCH|PULL)", thread["subject"], re.I))
        row = (query, root, thread["timestamp"])
        if left[patches] > 0:
            left[patches] -= 1
            chosen.append(row)
        else:
            others.append(row)
    return (chosen + others)[:count]


def print_digest(binary, config, query, newest):
    """The digest mail, without the list of mails at its end."""
    env = dict(os.environ, NOTMUCH_CONFIG=config, TZ="UTC", LC_ALL="C.UTF-8")
    end = newest + 3600
    report = [binary, "report", "--format=mbox", "--quiet", "--lang=en",
              "--since=@%d" % (end - 7 * 86400), "--until=@%d" % end,
              "--now=@%d" % end, query]
    mbox = subprocess.run(report, check=True, stdout=subprocess.PIPE,
                          env=env).stdout
    mail = email.message_from_bytes(mbox.split(b"\n", 1)[1],
                                    policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content()
    print(mail["Subject"] + "\n")
    print(re.split(r"\n\n\[#\d+\] ", text)[0].strip())


def own_text(message):
    part = message.get_body(("plain", "html"))
    try:
        return part.get_content() if part else ""
    except (LookupError, KeyError):
        return part.get_payload()


def print_mail(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    print("\n--- %s | %s | %s" % (message["From"], message["Date"],
                                  message["Subject"]))
    quote, folded, shown = [], 0, 0

    def flush():
        if len(quote) > QUOTE_LINES:
            print("> [%d lines]" % (len(quote) - QUOTE_LINES))
        for line in quote[-QUOTE_LINES:]:
            print(line)
        quote.clear()

    for line in own_text(message).splitlines():
        if folded or shown == LINES or re.match(r"diff --git |---$|--- a/|-- $|Index: ", line):
            folded += 1
        elif line.startswith(">"):
            quote.append(line)
        elif line.strip():
            flush()
            print(line)
            shown += 1
    flush()
    if folded:
        print("[%d more lines]" % folded)


def main():
    binary, shared, work = sys.argv[1:4]
    seed = sys.argv[4] if len(sys.argv) > 4 else "1"
    lists = sys.argv[5:] or LISTS
    count = 0
    for name in lists:
        config = mailbox(shared, work, name)
        for query, root, newest in choose(config, seed, THREADS // len(lists)):
            count += 1
            print("\n%s %d %s %s\n" % ("=" * 20, count, name, root))
            print_digest(os.path.abspath(binary), config, query, newest)
            for path in notmuch(config, "search", "--output=files",
                                "--sort=oldest-first", query).split():
                print_mail(path)


if __name__ == "__main__":
    main()
