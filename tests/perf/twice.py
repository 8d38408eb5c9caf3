#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does twice the mail take twice the time, the memory, the output?

usage: twice.py [N [SHAPE ...]]     (by `make bench-twice`; wants $ND_BIN, $SHARED)

For each shape that the generators of hostile mail in $SHARED/hostile make in any
number: a report of N (500) mails and of 2 N, with one job. Prints CPU seconds and
MiB beyond those of a report of nothing, and MB of JSON, of 2 N, and their ratios
to N; a ratio over 2.5 is marked. Parts are counted in hundreds.
"""
import os
import subprocess
import sys
import tempfile

from measure import ND, Taken, mailbox

HOSTILE = os.path.join(os.environ.get('SHARED', '../shared'), 'hostile')
THREADS = ('chain', 'star', 'loop', 'refs', 'quote', 'series', 'subjects', 'binary',
           'questions', 'people', 'names', 'trailers', 'titles', 'star1')
PARTS = ('mixed', 'digest')
MOST = 2.5
RUNS = 3


def measured(folder, shape, count, query='*'):
    """CPU seconds, bytes of memory and of output of a report."""
    tool, number = ('gen-parts.py', 100 * count) if shape in PARTS else (
        'gen-threads.py', count)
    config = mailbox(folder, f'{shape}-{count}', lambda mail: subprocess.run(
        ['python3', os.path.join(HOSTILE, tool), os.path.join(mail, 'm'), str(number),
         shape], check=True))
    command = [ND, 'report', '--now=2026-04-03T00:00:00Z', '--since=2026-03-01',
               '--format=json', '--jobs=1', '--quiet', query]
    out = config + '.json'
    taken = [Taken(command + [f'--output={out}'], config) for _ in range(RUNS)]
    if any(one.exit for one in taken):
        return None
    return (min(one.cpu for one in taken), min(one.peak for one in taken),
            os.path.getsize(out))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    if not os.path.isdir(HOSTILE):
        sys.exit(f'skipped: no generators in {HOSTILE} (set SHARED)')
    print(f'{2 * count:<10} {"s":>8} {"":5} {"MiB":>8} {"":5} {"MB":>8}')
    with tempfile.TemporaryDirectory() as folder:
        alone = measured(folder, 'chain', 1, 'tag:nothing')
        for shape in sys.argv[2:] or THREADS + PARTS:
            once, twice = (measured(folder, shape, n) for n in (count, 2 * count))
            if not once or not twice:
                print(f'{shape:10} failed')
                continue
            line, marked = f'{shape:10}', False
            for i, unit in enumerate((1, 1048576, 1000000)):
                one, two = once[i] - alone[i], twice[i] - alone[i]
                ratio = two / one if one > 0.02 * alone[i] else 1.0
                marked = marked or ratio > MOST
                line += f' {two / unit:8.2f} {ratio:5.2f}'
            print(line + ('  !' if marked else ''), flush=True)


if __name__ == '__main__':
    main()
