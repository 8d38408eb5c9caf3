#!/usr/bin/env python3
"""How many mails have old words among their own? (stdlib and notmuch only)

usage: ownwords.py LINES MAILBOX... [--show N] [--save FILE]

LINES is build/tests/lines. A MAILBOX is a folder with a notmuch configuration
"config" that points at it; its threads are listed in FOLDER/threads.tsv, once.
A mail counts when WORDS words in sequence of its author's own lines stand, in
this order, in the own lines of an earlier mail of its thread that somebody else
wrote; postings, robots and trailers do not. --show prints the passages of N
mails, spread over all of them; --save writes all to FILE.
"""
import argparse
import json
import os
import re
import subprocess
import sys

WORDS = 12
TRAILER = re.compile(r'^\s*[A-Za-z-]+-(by|to): |^(Fixes|Link|Cc|Closes): ', re.I)
REPLY = re.compile(r'^(\[[^\]]*\]\s*)*(re|aw|antw|sv|vs|fwd?|wg|tr|odp|回复|答复)'
                   r'(\[\d+\])?\s*[:：]', re.I)


def walk(node, out):
    for message, replies in node:
        if message:
            out.append(message['filename'][0])
        walk(replies, out)


def list_threads(folder):
    path = os.path.join(folder, 'threads.tsv')
    if not os.path.exists(path):
        env = dict(os.environ, NOTMUCH_CONFIG=os.path.join(folder, 'config'))
        shown = subprocess.run(
            ['notmuch', 'show', '--format=json', '--body=false',
             '--entire-thread=true', '--exclude=false', '*'], env=env,
            check=True, stdout=subprocess.PIPE).stdout
        with open(path + '.new', 'w', encoding='utf-8') as out:
            for number, thread in enumerate(json.loads(shown)):
                files = []
                walk(thread, files)
                for name in files:
                    out.write('%d\t%s\n' % (number, name))
        os.rename(path + '.new', path)
    return path


def read_threads(lines, path):
    """Threads: lists of mails, each with its lines as (kind, text)."""
    run = subprocess.Popen([lines, path], stdout=subprocess.PIPE,
                           encoding='utf-8', errors='replace')
    thread = None
    for row in run.stdout:
        field = row.rstrip('\n').split('\t')
        if field[0] == 'T':
            if thread:
                yield thread
            thread = []
        elif field[0] == 'M':
            thread.append({'parent': int(field[2]), 'name': field[3],
                           'addr': field[4].lower(), 'flags': field[5],
                           'id': field[6], 'subject': field[7], 'lines': []})
        else:
            thread[-1]['lines'].append((field[0], field[1]))
    if thread:
        yield thread


def own_words(mail):
    """(word, line) of what the author wrote."""
    words = []
    for number, (kind, text) in enumerate(mail['lines']):
        if kind == 'o' and not TRAILER.match(text):
            words += [(w, number) for w in re.findall(r'\w+', text.lower())]
    return words


def is_reply(mail):
    return (not mail['flags'] and bool(REPLY.match(mail['subject'])))


def same(a, b):
    return a['addr'] == b['addr'] or (a['name'] and a['name'] == b['name'])


def echoes(thread):
    """For each reply with old words: (mail, lines of it, who said them)."""
    seen = {}
    for mail in thread:
        words = own_words(mail)
        grams = [tuple(w for w, _ in words[i:i + WORDS])
                 for i in range(len(words) - WORDS + 1)]
        if is_reply(mail):
            hit, source = set(), None
            for i, gram in enumerate(grams):
                if gram in seen and not same(seen[gram], mail):
                    hit.update(n for _, n in words[i:i + WORDS])
                    source = seen[gram]
            if hit:
                yield mail, sorted(hit), source
        for gram in grams:
            seen.setdefault(gram, mail)


def show(out, name, mail, hit, source):
    out.write('== %s %s | %s | %s <- %s\n' % (
        name, mail['id'], mail['subject'], mail['name'] or mail['addr'],
        source['name'] or source['addr']))
    for number in range(max(0, hit[0] - 3),
                        min(len(mail['lines']), hit[-1] + 3)):
        kind, text = mail['lines'][number]
        out.write('%s%s %s\n' % ('*' if number in hit else ' ', kind, text))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('lines')
    parser.add_argument('mailbox', nargs='+')
    parser.add_argument('--show', type=int, default=0)
    parser.add_argument('--save')
    args = parser.parse_args()
    found, total = [], [0, 0, 0]
    print('%-14s %8s %8s %8s' % ('list', 'replies', 'mails', 'lines'))
    for folder in args.mailbox:
        name = os.path.basename(folder.rstrip('/'))
        replies = mails = lines = 0
        for thread in read_threads(args.lines, list_threads(folder)):
            replies += sum(is_reply(m) for m in thread)
            for mail, hit, source in echoes(thread):
                mails += 1
                lines += len(hit)
                found.append((name, mail, hit, source))
        print('%-14s %8d %8d %8d' % (name, replies, mails, lines))
        total = [a + b for a, b in zip(total, (replies, mails, lines))]
    print('%-14s %8d %8d %8d' % ('all', *total))
    step = max(1, len(found) // args.show) if args.show else 1
    for entry in found[::step][:args.show]:
        show(sys.stdout, *entry)
    if args.save:
        with open(args.save, 'w', encoding='utf-8') as out:
            for entry in found:
                show(out, *entry)


if __name__ == '__main__':
    main()
