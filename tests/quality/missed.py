#!/usr/bin/env python3
"""Which annotated key sentences are missed, and why (stdlib only).

usage: missed.py CANDIDATES DATA_DIR [--show REASON] [LIST ...]

CANDIDATES is the built tests/quality/candidates.c; DATA_DIR holds quality/ and
corpus/. A key sentence is missed as score_report.py has it: no item of the
summary has 60 % of its words. Prints, for each list, how many have which reason:

cut            it stands there, too short
split          two sentences of its mail have it between them
absent         its mail has no such sentence
unpresentable  it cannot stand by itself (summarise/presentable.h)
told           a fact is told in its place
robot          a program says it
worthless      its score is too low by itself
outscored      others took the room
"""
import argparse
import subprocess
import tempfile

import gold as annotated
from fit import overlap

REASONS = ('cut', 'split', 'absent', 'unpresentable', 'told',
           'robot', 'worthless', 'outscored')
ENOUGH = 0.6


def read_choices(tool, arguments):
    """Thread -> rows (id, obstacle, score, zone, text) of its sentences."""
    out = subprocess.run([tool, 'choice'] + arguments, check=True,
                         stdout=subprocess.PIPE).stdout.decode()
    threads = {}
    for line in out.split('\n')[:-1]:
        thread, *row = line.split('\t')
        threads.setdefault(thread, []).append(row)
    return threads


def reason_for(key, words, rows, tokens):
    own = [row for row in rows if row[0] == key['id'] and row[1] != 'fact']
    held = sorted(own, key=lambda row: overlap(words, tokens(row[4])))
    if not held or overlap(words, tokens(held[-1][4])) < ENOUGH:
        pairs = [tokens(a[4] + ' ' + b[4]) for a, b in zip(own, own[1:])]
        if any(overlap(words, pair) >= ENOUGH for pair in pairs):
            return 'split', held[-1]
        if held and held[-1][4].endswith('…') and overlap(
                words, tokens(held[-1][4])) > .3:
            return 'cut', held[-1]
        return 'absent', held[-1] if held else None
    best = held[-1]
    return best[1] or 'outscored', best


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('candidates')
    p.add_argument('data')
    p.add_argument('lists', nargs='*', default=list(annotated.LISTS))
    p.add_argument('--show', metavar='REASON')
    a = p.parse_intermixed_args()
    gold = annotated.Gold(a.data)
    tokens = gold.report.toks
    counts = {}
    with tempfile.TemporaryDirectory() as directory:
        mail = annotated.Mail(a.data, directory, gold)
        for name in a.lists:
            counts[name] = dict.fromkeys(('keys', 'there') + REASONS, 0)
            for thread, rows in read_choices(
                    a.candidates, mail.arguments(name)).items():
                items = [{'text': row[4]} for row in rows
                         if row[3] != '-']
                for key in getattr(gold, name)[thread]['key_sentences']:
                    counts[name]['keys'] += 1
                    if gold.report.covered(key['sentence'], items):
                        counts[name]['there'] += 1
                        continue
                    why, row = reason_for(key, tokens(key['sentence']), rows,
                                          tokens)
                    counts[name][why] += 1
                    if why == a.show:
                        print('%s %s\n  key: [%s] %s\n  has: %s' % (
                            name, key['id'], key['role'], key['sentence'],
                            ' | '.join(row[1:]) if row else '-'))
    print('%-14s' % '', *('%9s' % name for name in a.lists))
    for what in ('keys', 'there') + REASONS:
        print('%-14s' % what, *('%9d' % counts[name][what]
                                for name in a.lists))


if __name__ == '__main__':
    main()
