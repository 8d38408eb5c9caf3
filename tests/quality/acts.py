#!/usr/bin/env python3
"""List the annotated threads and acts for `acts` (stdlib and notmuch only).

usage: acts.py DATA_DIR WORK_DIR THREADS.tsv GOLD.tsv

DATA_DIR holds quality/ and corpus/ (see HACKING.md). Mailboxes are unpacked and
indexed under WORK_DIR and kept there. THREADS.tsv has a line for each mail of
an annotated thread: list, root id, until (seconds since the epoch), 1 if the
annotator stopped at a number of acts, file. GOLD.tsv has a line for each act:
root id, id, act, sentence.
"""
import calendar
import glob
import json
import os
import re
import subprocess
import sys
import time

CAP = 25  # acts of a thread, where an annotator stopped at so many


def clean(text):
    return re.sub(r'\s+', ' ', text or '').strip()


def files_of(config, root):
    env = dict(os.environ, NOTMUCH_CONFIG=config)
    out = subprocess.run(
        ['notmuch', 'search', '--output=threads', '--exclude=false',
         'id:"%s"' % root.replace('"', '""')], env=env, check=True,
        stdout=subprocess.PIPE, text=True).stdout.split()
    if not out:
        return []
    return subprocess.run(
        ['notmuch', 'search', '--output=files', '--exclude=false',
         '--duplicate=1', '--sort=oldest-first', out[0]], env=env, check=True,
        stdout=subprocess.PIPE, text=True).stdout.splitlines()


def main(data, work, threads_path, gold_path):
    quality = os.path.join(data, 'quality')
    sys.path.insert(0, quality)
    import lists
    with open(os.path.join(quality, 'lists.json'), encoding='utf-8') as f:
        table = json.load(f)
    capped = {name for name, e in table.items()
              if glob.glob(os.path.join(quality, e['gold'], '*.json'))
              and 'summary' in json.load(open(sorted(glob.glob(
                  os.path.join(quality, e['gold'], '*.json')))[0],
                  encoding='utf-8'))}
    with open(threads_path, 'w', encoding='utf-8') as threads, \
            open(gold_path, 'w', encoding='utf-8') as out:
        for name, e in table.items():
            golds = [json.load(open(path, encoding='utf-8'))
                     for path in sorted(glob.glob(
                         os.path.join(quality, e['gold'], '*.json')))]
            golds = [g for g in golds if 'acts' in g]
            if not golds:
                continue
            config = lists.mailbox(name, e, quality, work)
            for g in golds:
                root = g['root_id'].strip('<> ')
                until = calendar.timegm(time.strptime(
                    g['window']['until'][:10], '%Y-%m-%d'))
                full = name in capped and len(g['acts']) >= CAP
                for path in files_of(config, root):
                    print(e.get('list', name), root, until, int(full), path,
                          sep='\t', file=threads)
                for a in g['acts']:
                    print(root, a['id'].strip('<> '), a['act'],
                          clean(a['sentence']), sep='\t', file=out)


if __name__ == '__main__':
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
