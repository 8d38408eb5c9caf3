#!/usr/bin/env python3
"""Measure the extractive summaries on annotated threads (stdlib only).

usage: run.py PROGRAM DATA_DIR [--markdown FILE]

PROGRAM is a built notmuch-digest; DATA_DIR holds quality/ and corpus/ (see
HACKING.md). Mail is unpacked and indexed under a temporary directory; nothing
of it stays. Prints a table: ours beside baselines measured on the same threads
with the same scorers. With --markdown the table goes to FILE, too.
"""
import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

import gold as annotated

ALWAYS = ('1990-01-01', '2037-01-01')
ZONES = ('background', 'earlier', 'new', 'decisions')
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


def make_report(program, env, window, max_words):
    subprocess.run(['notmuch', 'config', 'set', 'digest.max_words',
                    str(max_words)], env=env, check=True)
    out = subprocess.run(
        [program, 'report', '--format=json', '--mails=all',
         '--since=' + window[0], '--until=' + window[1], '*'],
        env=env, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(out)


def summaries(report):
    """Message-ID of any mail -> the text of its thread's summary."""
    texts = {}
    for thread in report['threads']:
        summary = thread['summary'] or {}
        lines = [item['text'] for zone in ZONES
                 for item in summary.get(zone) or []]
        for message in thread['messages']:
            texts[message['id']] = '\n'.join(lines)
    return texts


def score_threads(data, directory, texts, gold, words):
    path = os.path.join(directory, 'summaries.json')
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(texts, f)
    threads = os.path.join(data, 'quality', 'threads')
    out = subprocess.run(
        [sys.executable, os.path.join(threads, 'score.py'), path, '--gold',
         os.path.join(threads, gold), '--budgets', str(words), '--split',
         'dev', '--json'], check=True, stdout=subprocess.PIPE).stdout
    scores = json.loads(out.decode().strip().split('\n')[-1])
    return next(iter(scores.values()))


def measure_threads(program, data, name, archive, gold, lengths):
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        env = annotated.mailbox(
            os.path.join(data, 'quality', 'threads', archive), directory)
        for words in lengths:
            got = score_threads(data, directory, summaries(
                make_report(program, env, ALWAYS, words)), gold, words)
            rows.append(('%s, %d words' % (name, words), 'ours',
                         [got[c] for c in COLUMNS]))
    return rows


def table(rows):
    lines = ['| threads | system | ' + ' | '.join(COLUMNS) + ' |',
             '|---' * (2 + len(COLUMNS)) + '|']
    for name, system, values in rows:
        has_votes = 'BC3' in name
        cells = ['%.1f' % (100 * v) if has_votes or c[0] == 'R' else '-'
                 for c, v in zip(COLUMNS, values)]
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
    p.add_argument('data')
    p.add_argument('--markdown')
    a = p.parse_args()
    program = os.path.abspath(a.program)
    if not os.path.isdir(os.path.join(a.data, 'quality')):
        print('skipped: no annotated threads in', a.data)
        return
    rows = measure_threads(program, a.data, 'BC3', 'bc3-dev.tar.xz',
                           'gold-bc3.json', (100, 150))
    rows += measure_threads(program, a.data, 'ConvoSumm',
                            'convosumm-dev.tar.xz', 'gold-convosumm.json',
                            (66,))
    text = table(rows)
    print(text)
    if a.markdown:
        with open(a.markdown, 'w', encoding='utf-8') as f:
            f.write('# Quality of the extractive summaries\n\n'
                    'Measured by `make quality`: %s.\n\n'
                    'R1, R2, RL: ROUGE F1 against summaries by people; F, WR, '
                    'LC: agreement with the\nsentences they chose. The weights '
                    'for talk were fitted to these threads: here stands\nhow '
                    'near they come to what they know, in the report. What '
                    'they do on lists that they\nhave not seen stands below, '
                    'in key_r, rouge1 and rouge2.\n\n%s\n' %
                    (stamp(program), text))


if __name__ == '__main__':
    main()
