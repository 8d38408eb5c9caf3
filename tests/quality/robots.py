#!/usr/bin/env python3
"""What is told of programs' mails, and who may be one? (stdlib and notmuch)

usage: robots.py ROBOTS MAILBOX...

ROBOTS is build/tests/robots. A MAILBOX is a folder with a notmuch configuration
"config" that points at it. Prints a line for each mail of a program and, with
"?" in front, for each of those that have a habit of programs but count as a
person's:

header   they say so: Auto-Submitted, Precedence: bulk without a list, a
         Reply-To or address that takes no mail
shape    SAME of the sender's lines, numbers and names of files apart, stand
         in most of his mails that have no diff
"""
import argparse
import collections
import email
import email.policy
import re
import subprocess

import ownwords

SAME = 0.6
MAILS = 4
HEADER = re.compile(r'^(auto-submitted:\s*auto|x-auto-response|precedence:\s*'
                    r'(bulk|junk|auto)|x-mailer:.*(bot|jenkins)|'
                    r'(from|reply-to):.*(no-?reply|do-?not-?reply|robot|'
                    r'\bbot\b|\bci\b|notif))', re.I | re.M)


def read(path):
    with open(path, 'rb') as file:
        mail = email.message_from_binary_file(file,
                                              policy=email.policy.compat32)
    part = mail
    while part.is_multipart() and part.get_payload():
        part = part.get_payload(0)
    text = part.get_payload(decode=True) or b''
    head = '\n'.join('%s: %s' % item for item in mail.items())
    return head, text.decode('utf-8', 'replace')


def shape(text):
    """The lines of a mail, without what differs from run to run."""
    lines = set()
    if re.search(r'^(diff --git|--- a/)', text, re.M):
        return lines
    for line in text.split('\n'):
        if line.startswith('>') or re.match(r'\s*$|-- ?$', line):
            continue
        lines.add(re.sub(r'\S*[/\d]\S*', '#', line.strip()))
    return lines


def has_habit(head):
    match = HEADER.search(head)
    if not match:
        return False
    return not (match.group(0).lower().startswith('precedence') and
                re.search(r'^list-(id|post):', head, re.I | re.M))


def repeaters(shapes):
    """Senders of whose lines most stand in most of their mails."""
    found = set()
    for sender, mails in shapes.items():
        if len(mails) < MAILS:
            continue
        count = collections.Counter(line for mail in mails for line in mail)
        share = [sum(count[line] * 2 > len(mails) for line in mail) / len(mail)
                 for mail in mails]
        if sum(share) / len(share) >= SAME:
            found.add(sender)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('robots')
    parser.add_argument('mailbox', nargs='+')
    option = parser.parse_args()
    rows, shapes, reasons = [], collections.defaultdict(list), {}
    for folder in option.mailbox:
        run = subprocess.run([option.robots, ownwords.list_threads(folder)],
                             check=True, stdout=subprocess.PIPE,
                             encoding='utf-8', errors='replace')
        for line in run.stdout.splitlines():
            row = line.split('\t')
            if len(row) != 8:
                continue
            rows.append(row)
            if row[0] == 'person':
                head, text = read(row[-1])
                lines = shape(text)
                if lines:
                    shapes[row[5]].append(lines)
                if has_habit(head):
                    reasons[row[-1]] = 'header'
    same = repeaters(shapes)
    counts = collections.Counter()
    for row in rows:
        why = reasons.get(row[-1]) or ('shape' if row[5] in same else None)
        if row[0] != 'person':
            counts[row[0]] += 1
            print('\t'.join(row))
        elif why:
            counts['? ' + why] += 1
            print('\t'.join(['? ' + why] + row[1:]))
        else:
            counts['person'] += 1
    for name, count in sorted(counts.items()):
        print('# %-10s%d' % (name, count))


if __name__ == '__main__':
    main()
