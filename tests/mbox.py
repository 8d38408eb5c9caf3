#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is it a mailbox of digests that others read?

    mbox.py MBOX [FOLDER]

Reads it as Python's mailbox does and each mail with its strict policy, which
refuses what RFC 5322 and MIME do not allow. With FOLDER, writes the mails there,
one a file, with the quotes of the form "rd" taken off. Prints what is wrong.
"""
import email
import email.policy
import email.utils
import mailbox
import os
import re
import sys

POLICY = email.policy.default + email.policy.strict
NAMES = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'In-Reply-To',
         'References', 'Auto-Submitted', 'X-Notmuch-Digest',
         'X-Notmuch-Digest-Tags', 'MIME-Version', 'Content-Type',
         'Content-Transfer-Encoding']
FROM = re.compile(rb'From \S+@\S+ (\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4})\n')


def split(data):
    """The mails of the file, by the lines in front of them."""
    mails = []
    for line in data.splitlines(keepends=True):
        if line.startswith(b'From '):
            assert FROM.fullmatch(line), f'no line of an mbox: {line!r}'
            mails.append([])
        else:
            mails[-1].append(re.sub(rb'^>(>*From )', rb'\1', line))
    for lines in mails:
        assert lines[-1] == b'\n', 'a mail without a blank line behind it'
    return [b''.join(lines[:-1]) for lines in mails]


def check(data):
    """What is wrong with one mail."""
    mail = email.message_from_bytes(data, policy=POLICY)
    wrong = []
    names = [n for n in mail.keys() if n != 'X-Notmuch-Digest-Merged']
    if names != NAMES:
        wrong.append(f'headers: {names}')
    if not re.fullmatch(r'<digest\.v1\.[0-9a-f]{40}(\.\d)?@digest\.invalid>',
                        mail['Message-ID']):
        wrong.append(f'Message-ID: {mail["Message-ID"]}')
    if mail['In-Reply-To'] != mail['References']:
        wrong.append('not an answer to the root alone')
    if email.utils.parsedate_to_datetime(mail['Date']) is None:
        wrong.append(f'Date: {mail["Date"]}')
    text = mail.get_content()
    if not text.strip() or '\r' in text:
        wrong.append('no text')
    if max(map(len, data.split(b'\n'))) > 998:
        wrong.append('a line over 998 bytes')
    return [f'{mail["Message-ID"]}: {what}' for what in wrong]


def main(path, folder=None):
    with open(path, 'rb') as file:
        mails = split(file.read())
    wrong = [what for data in mails for what in check(data)]
    if len(mailbox.mbox(path, create=False)) != len(mails):
        wrong.append("Python's mailbox finds another number of mails")
    for i, data in enumerate(mails) if folder else ():
        with open(os.path.join(folder, f'{i:04}:2,S'), 'xb') as file:
            file.write(data)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
