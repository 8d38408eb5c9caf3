#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mailbox of any size, made of the threads of real lists.

usage: mailbox.py CORPORA MAILDIR MAILS [SEED [BYTES]]

CORPORA has archives (*.tar.xz) of maildirs. Their threads are taken in an order
that SEED (1) decides, again and again until there are MAILS mails, and put down
in a year that has 60 mails a day: a larger mailbox goes further back, and a week
of it has as many mails as one of a small one. Its last mail is of 2026-03-31.

A thread stays a thread: all its dates, those of Received as well, are moved by
the same days. What is taken again is on another list, by other people: the hosts
of all ids and addresses of its headers are below another one ("r2."). The same
numbers give the same bytes. With BYTES texts end there: very many mails are
indexed in minutes then, for what is asked of the database alone.
"""
import collections
import email.utils
import io
import os
import random
import re
import sys
import tarfile
import time

END = 1775001600 - 86400  # 2026-03-31
A_DAY = 60
DAY_S = 86400

FIELD = re.compile(rb'^([!-9;-~]+):((?:.*\n)(?:[ \t].*\n)*)', re.M)
ID = re.compile(rb'<([^<>\s]+@[^<>\s]+)>')
HOST = re.compile(rb'@(?=[A-Za-z0-9])')
STAMP = re.compile(rb'\b\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
                   rb'\s+\d{4}\s+\d{1,2}:\d\d(?::\d\d)?(?:\s+[+-]\d{4})?')


def sent(text):
    """Seconds since the epoch of what a header says, or None."""
    parts = email.utils.parsedate_tz(text.decode('ascii', 'replace'))
    try:
        return email.utils.mktime_tz(parts) if parts else None
    except (OverflowError, ValueError):
        return None


class Mail:
    """A mail, taken apart so far that it can be written again at another time."""

    def __init__(self, data):
        end = re.search(rb'\n\r?\n', data)
        self.header = data[:end.start() + 1] if end else data
        self.body = data[end.start() + 1:] if end else b''
        self.ids, self.date = [], None
        self.id = None
        for name, value in FIELD.findall(self.header):
            name = name.lower()
            if name == b'message-id' and not self.id:
                found = ID.search(value)
                self.id = found.group(1) if found else None
            elif name in (b'references', b'in-reply-to'):
                self.ids += ID.findall(value)
            elif name == b'date' and self.date is None:
                self.date = sent(value)
        self.stamps = [(m.span(), sent(m.group())) for m in STAMP.finditer(self.header)]

    def at(self, days, again, most):
        """Its bytes, days later; of its text at most so many, unless that is None."""
        out, done = [], 0
        for (start, end), when in self.stamps:
            if when is None:
                continue
            before = self.header[done:start]
            # The name of the day would be wrong, and may be left out.
            out.append(re.sub(rb'\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s*$', b'', before))
            out.append(time.strftime('%d %b %Y %H:%M:%S +0000',
                                     time.gmtime(when + days * DAY_S)).encode())
            done = end
        header = b''.join(out) + self.header[done:]
        if again:
            header = HOST.sub(b'@r%d.' % again, header)
        return header + self.body[:most]


def mails_of(corpora):
    """Each mail once, by its id: of all archives, in the order of their names."""
    found = {}
    for name in sorted(os.listdir(corpora)):
        if not name.endswith('.tar.xz'):
            continue
        with tarfile.open(os.path.join(corpora, name)) as archive:
            for member in archive:
                if not member.isfile() or '/.notmuch/' in member.name:
                    continue
                mail = Mail(archive.extractfile(member).read())
                if mail.id and mail.date and mail.date > 0:
                    found.setdefault(mail.id, mail)
    return found


def threads_of(found):
    """Lists of mails that refer to each other, or to the same one."""
    above = {}

    def top(ident):
        path = []
        while above.setdefault(ident, ident) != ident:
            path.append(ident)
            ident = above[ident]
        for one in path:
            above[one] = ident
        return ident

    for mail in found.values():
        for ident in mail.ids:
            above[top(ident)] = top(mail.id)
    threads = collections.defaultdict(list)
    for mail in found.values():
        threads[top(mail.id)].append(mail)
    return sorted(threads.values(), key=lambda mails: min(m.id for m in mails))


def main():
    corpora, box, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    chance = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    most = int(sys.argv[5]) if len(sys.argv) > 5 else None
    threads = threads_of(mails_of(corpora))
    for part in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(box, part))
    written, again = 0, 0
    while written < count:
        chance.shuffle(threads)
        for thread in threads:
            last = max(mail.date for mail in thread)
            goal = END - int(chance.random() * DAY_S * count / A_DAY)
            days = (goal - last) // DAY_S
            for mail in sorted(thread, key=lambda m: (m.date, m.id)):
                if written == count:
                    return
                path = os.path.join(box, 'cur', f'{written:06d}:2,S')
                with io.open(path, 'wb') as out:
                    out.write(mail.at(days, again, most))
                written += 1
        again += 1


if __name__ == '__main__':
    main()
