#!/usr/bin/env python3
"""Measure the extractive summaries on annotated threads (stdlib only).

usage: run.py PROGRAM CANDIDATES DATA_DIR [--markdown FILE]

PROGRAM is a built notmuch-digest, whose version is told; CANDIDATES and DATA_DIR
are those of fit.py. Mail is unpacked and indexed under a temporary directory;
nothing of it stays. Prints a table: ours, by weights that have not seen them,
beside baselines measured on the same threads with the same scorers. With
--markdown the table goes to FILE, too.
"""
import argparse
import datetime
import os
import re
import subprocess
import tempfile

import fit

TITLES = {'bc3_100': 'BC3, 100 words', 'bc3_150': 'BC3, 150 words',
          'convosumm': 'ConvoSumm, 66 words'}
COLUMNS = ('R1', 'R2', 'RL', 'F', 'WR', 'LC')
# From DATA_DIR's README files: the same threads, scorers and lengths.
BASELINES = (
    ('BC3, 100 words', 'lead', '34.9 12.4 22.2 40.7 51.4 35.7'),
    ('BC3, 100 words', 'spread-lead', '34.5 11.8 22.7 48.1 59.8 56.0'),
    ('BC3, 100 words', 'regression + names', '37.4 13.2 25.4 50.3 60.8 53.2'),
    ('BC3, 150 words', 'lead', '36.8 - - 48.1 57.1 48.7'),
    ('BC3, 150 words', 'spread-lead', '37.7 - - 54.4 65.8 68.9'),
    ('BC3, 150 words', 'regression + names', '39.9 - - 57.2 67.0 69.1'),
    ('ConvoSumm, 66 words', 'lead', '25.8 6.3 16.3 - - -'),
    ('ConvoSumm, 66 words', 'spread-lead', '26.8 6.9 17.6 - - -'),
    ('ConvoSumm, 66 words', 'regression + names', '28.5 7.0 18.9 - - -'),
)


def measure_threads(candidates, data):
    """What ours do, each by weights that have not seen it."""
    with tempfile.TemporaryDirectory() as directory:
        got = fit.left_out(candidates, data, directory)
    return [(title, 'ours', [got.get('%s %s' % (name, c)) for c in COLUMNS])
            for name, title in TITLES.items()]


def table(rows):
    lines = ['| threads | system | ' + ' | '.join(COLUMNS) + ' |',
             '|---' * (2 + len(COLUMNS)) + '|']
    for name, system, values in rows:
        cells = ['-' if v is None else '%.1f' % (100 * v) for v in values]
        lines.append('| %s | **%s** | %s |' % (name, system,
                                               ' | '.join(cells)))
        lines += ['| %s | %s | %s |' % (n, s, ' | '.join(v.split()))
                  for n, s, v in BASELINES if n == name]
    return '\n'.join(lines)


def stamp(program):
    version = subprocess.run([program, '--version'], check=True,
                             stdout=subprocess.PIPE).stdout.decode()
    return '%s, %s' % (re.sub(r'\s+', ' ', version).strip(),
                       datetime.date.today().isoformat())


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('program')
    p.add_argument('candidates')
    p.add_argument('data')
    p.add_argument('--markdown')
    a = p.parse_args()
    program = os.path.abspath(a.program)
    if not os.path.isdir(os.path.join(a.data, 'quality')):
        print('skipped: no annotated threads in', a.data)
        return
    rows = measure_threads(a.candidates, a.data)
    text = table(rows)
    print(text)
    if a.markdown:
        with open(a.markdown, 'w', encoding='utf-8') as f:
            f.write('# Quality of the extractive summaries\n\n'
                    'Measured by `make quality`: %s.\n\n'
                    'R1, R2, RL: ROUGE F1 against summaries by people; F, WR, '
                    'LC: agreement with the\nsentences they chose. Ours as '
                    'they stand in a report, names and facts among the\nwords, '
                    'by weights that have not seen them: a fifth of the '
                    'threads at a time is left\nout.\n\n%s\n' %
                    (stamp(program), text))


if __name__ == '__main__':
    main()
