#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the targets of the fuzzer begin with, of real mail.

    seeds.py OUT MAILDIR...

Writes files of their kind into OUT/TARGET.
"""
import email
import hashlib
import os
import re
import sys

MAILS = 400
LARGEST = 20000


def save(out, target, data):
    if isinstance(data, str):
        data = data.encode('utf-8', 'replace')
    folder = os.path.join(out, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, hashlib.sha1(data).hexdigest()[:16]), 'wb') \
            as file:
        file.write(data)


def add_text(out, text):
    save(out, 'body', '@' + text)
    save(out, 'acts', '@' + text[:6000])
    save(out, 'fence', text[:3000])
    for match in re.finditer(r'.*-by: .*\n?.*', text):
        save(out, 'trailer', match[0])
    for match in re.finditer(r'https?://\S+', text):
        save(out, 'archive', match[0])


def add_mail(out, data):
    mail = email.message_from_bytes(data)
    subject = str(mail['subject'] or '')
    texts = [str(mail[name]) for name in ('message-id', 'references',
                                          'archived-at') if mail[name]]
    save(out, 'mime', data)
    save(out, 'thread', data)
    save(out, 'subject', subject)
    for text in texts:
        save(out, 'archive', text[:1000])
    for part in mail.walk():
        kind = part.get_content_type()
        bytes_ = part.get_payload(decode=True) or b''
        if kind == 'text/plain':
            add_text(out, bytes_.decode('utf-8', 'replace'))
            save(out, 'charset', b'@' + bytes_[:4000])
            save(out, 'commit', subject + '\n' +
                 bytes_[:4000].decode('utf-8', 'replace'))
        elif kind == 'text/html':
            save(out, 'html', bytes_)
            for match in re.finditer(rb'style="([^"]*)"', bytes_):
                save(out, 'style', match[1])


def files_of(folders):
    for folder in folders:
        for where, _, names in sorted(os.walk(folder)):
            names = [os.path.join(where, name) for name in sorted(names)]
            names = [name for name in names
                     if os.path.getsize(name) < LARGEST]
            step = max(1, len(names) // MAILS)
            yield from names[::step]


def main(out, *folders):
    for path in files_of(folders):
        with open(path, 'rb') as file:
            add_mail(out, file.read())


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
