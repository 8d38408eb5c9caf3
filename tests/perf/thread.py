#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A maildir with one big thread: a patch series and what is said about it.

usage: thread.py MAILDIR MAILS

The cover letter, 24 patches, and answers: most to the first patches, some with
tags, questions, promises, a NAK, one sub-thread that changes its subject, and
one whose subject and text want to break out of every output format. The same
numbers give the same bytes.
"""
import os
import sys
import time

PATCHES = 24
PEOPLE = ('Marc Example', 'Will Sample', 'Anna Third', 'Tom Other',
          'Ida Reader')
THINGS = ('timer', 'interrupt', 'page table', 'register', 'lock', 'buffer',
          'counter', 'parser', 'cache', 'queue')
SAID = (
    'The {thing} of step {i} loses its state when the guest moves to '
    'another host.\n\nReviewed-by: Will Sample <will@example.org>\n',
    "I don't think that the {thing} can be touched at level {i}.\n"
    'Please drop that part.\n',
    'Does the {thing} survive a reset at stage {i}?\n',
    "Fair enough, I'll fix the {thing} for case {i} in the next version.\n",
    'The {thing} needs the barrier that commit {i} took away from the slow\n'
    'path. Without it the other side may read an old value.\n',
    'We measured the {thing} with {i} guests and saw no difference at all.\n',
    'NAK. The {thing} belongs to the core and not to driver {i}.\n',
)
HOSTILE = '<script>alert(1)</script> **bold** [x](http://evil.example/) `"'


def person(i):
    name = PEOPLE[i % len(PEOPLE)]
    return '%s <%s@example.org>' % (name, name.split()[0].lower())


def mail(i, subject, parent, text, sender):
    lines = ['From: ' + sender, 'To: list@example.org', 'Subject: ' + subject,
             'Date: ' + time.strftime('%a, %d %b %Y %H:%M:%S +0000',
                                      time.gmtime(1767225600 + 600 * i)),
             'Message-ID: <m%d@example.org>' % i]
    if parent is not None:
        lines.append('In-Reply-To: <m%d@example.org>' % parent)
        lines.append('References: <m0@example.org> <m%d@example.org>' % parent)
    lines += ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8',
              '', text]
    return '\n'.join(lines)


def mails(count):
    yield mail(0, '[PATCH 00/%d] demo: count the things' % PATCHES, None,
               'This series counts the things, which nobody has done before.\n',
               person(0))
    last = {}
    for i in range(1, count):
        text = SAID[i % len(SAID)].format(thing=THINGS[i % len(THINGS)], i=i)
        patch = i
        re = ''
        parent = 0
        if i > PATCHES:
            patch = 1 + (i * 7 + i // PATCHES) % PATCHES
            if i % 2:
                patch = (patch + 1) // 2
            re = 'Re: '
            parent = last[patch]
        subject = '%s[PATCH %02d/%d] demo: step %d of it' % (
            re, patch, PATCHES, patch)
        if i > PATCHES and patch == 5:
            subject = re + HOSTILE + ' (was: step 5 of it)'
            text += '\n' + HOSTILE + ' is what it prints for guest %d.\n' % i
        yield mail(i, subject, parent, text, person(i))
        last[patch] = i


def main():
    box, count = sys.argv[1], int(sys.argv[2])
    for part in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(box, part), exist_ok=True)
    for i, text in enumerate(mails(count)):
        path = os.path.join(box, 'cur', '%05d:2,S' % i)
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)


if __name__ == '__main__':
    main()
