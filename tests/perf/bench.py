#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed and memory beside notmuch itself, on the same mail in the same run.

usage: bench.py [--runs=N] [--small=MAILS] [--large=MAILS] [--threads=N] [ROW ...]
(by `make bench`, BENCH=…; wants $ND_BIN and $SHARED)

Prints a table: what is done, what we take, what notmuch takes for the same mail
(or we, for less of it), the ratio, and the goal for it. Medians of N runs (7),
by turns. Mailboxes are made once, in $ND_BUILD/perf; of --small=10000 and
--large=50000 mails (250000 is what doc/performance.md has; above 50,000 texts
end after 300 bytes). Rows:

 start   the program alone, beside notmuch
 week    report of a week of kvmarm-2021q1, beside `notmuch show` of its threads
 cage    the same week with the sandbox, beside --no-sandbox
 year    the same of 2020 in kvmarm-2019-2020, and its peak of memory
 none    an update that finds nothing new, beside `notmuch count '*'`
 reply   update after one reply: the large mailbox beside the small one
 size    report of a week: the large mailbox beside the small one
 write   update of --threads=1000 and more threads, beside what `notmuch tag --batch` and `notmuch
         insert` take to bring the same tags and mails in
 thread  CPU time a mail of a thread of 20,000, beside one of 100
 stages  mails a second of each stage of a report, on one core
"""
import calendar
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time

from measure import HERE, ND, Pair, environment, mailbox, notmuch, row, run

BUILD = os.environ.get('ND_BUILD', 'build')
STAGES = os.path.join(BUILD, 'tests/stages')
BOXES = os.path.join(BUILD, 'perf')
CORPUS = os.path.join(os.environ.get('SHARED', '../shared'), 'corpus')
NOW = '--now=2026-04-01T00:00:00Z'
SHORT_ABOVE = 50000


def epoch(day):
    """Seconds since the epoch of a day's begin, UTC."""
    return calendar.timegm(time.strptime(day, '%Y-%m-%d'))


def corpus(name):
    return mailbox(BOXES, name, lambda mail: subprocess.run(
        ['tar', '-xJf', os.path.join(CORPUS, name + '.tar.xz'), '-C', mail],
        check=True))


def made(mails):
    """One of mailbox.py."""
    words = [str(mails)] + (['1', '300'] if mails > SHORT_ABOVE else [])
    return mailbox(BOXES, f'made-{mails}', lambda mail: subprocess.run(
        [os.path.join(HERE, 'mailbox.py'), CORPUS, os.path.join(mail, 'm'), *words],
        check=True))


def one_thread(mails):
    return mailbox(BOXES, f'thread-{mails}', lambda mail: subprocess.run(
        [os.path.join(HERE, 'thread.py'), os.path.join(mail, 'm'), str(mails)],
        check=True))


def start(args):
    config = corpus('kvmarm-2021q1')
    pair = Pair(lambda: run([ND, '--version'], config),
                lambda: run(['notmuch', '--version'], config), 3 * args['runs'])
    row('start-up, wall', pair.median(pair.ours, 'wall'),
        pair.median(pair.theirs, 'wall'), pair.ratio('wall'), None)


def report(name, what, since, until, runs):
    """Beside the same threads by notmuch, whose dates hold the last day, and ours do
    not. Returns the peak of memory in MiB."""
    config = corpus(name)
    ours = [ND, 'report', f'--since={since}', f'--until={until}', f'--now={until}',
            '--format=json', '--quiet', '*']
    theirs = ['notmuch', 'show', '--format=json', '--body=true', '--entire-thread=true',
              f'date:@{epoch(since)}..@{epoch(until) - 1}']
    pair = Pair(lambda: run(ours, config), lambda: run(theirs, config), runs)
    for how, goal in (('wall', 0.65), ('cpu', 1.0)):
        row(f'{what}, {how}', pair.median(pair.ours, how),
            pair.median(pair.theirs, how), pair.ratio(how), goal)
    return run(ours, config, memory=True).peak / 1048576


def week(args):
    report('kvmarm-2021q1', 'report of a week', '2021-03-15', '2021-03-22', args['runs'])


def cage(args):
    command = [ND, 'report', '--since=2021-03-15', '--until=2021-03-22',
               '--now=2021-03-22', '--format=json', '--quiet', '*']
    config = corpus('kvmarm-2021q1')
    pair = Pair(lambda: run(command, config),
                lambda: run(command[:2] + ['--no-sandbox'] + command[2:], config),
                args['runs'])
    for how in ('wall', 'cpu'):
        row(f'report of a week, sandbox and none, {how}', pair.median(pair.ours, how),
            pair.median(pair.theirs, how), pair.ratio(how), 1.1)


def year(args):
    mib = report('kvmarm-2019-2020', 'report of a year', '2020-01-01', '2021-01-01',
                 max(args['runs'] // 2, 1))
    row('  its peak of memory, all processes', mib, 96, mib / 96, 1.0, 'MiB')


def copied(config, folder):
    """A mailbox that may be written to: a copy of one, its configuration."""
    box = config[:-len('.config')]
    target = os.path.join(folder, os.path.basename(box))
    shutil.copytree(box, target)
    with open(config, encoding='utf-8') as old, \
            open(target + '.config', 'w', encoding='utf-8') as new:
        new.write(old.read().replace(box, target))
    return target + '.config'


UPDATE = [ND, 'update', '--quiet', NOW]


def none(args, folder):
    for size in ('small', 'large'):
        config = args[size + '_copy'](folder)
        run(UPDATE, config)
        pair = Pair(lambda c=config: run(UPDATE, c),
                    lambda c=config: run(['notmuch', 'count', '*'], c), 5 * args['runs'])
        row(f'nothing new of {args[size]} mails, wall', pair.median(pair.ours, 'wall'),
            pair.median(pair.theirs, 'wall'), pair.ratio('wall'), 1.3)


def deliver_reply(config, number):
    """An answer to the newest mail."""
    ident = notmuch(config, 'search', '--output=messages', '--limit=1',
                    '--exclude=false', 'date:2026-03-01.. and not path:digest/**').strip()
    mail = (f'From: A Reader <reader@example.org>\nTo: list@example.org\n'
            f'Subject: Re: that\nMessage-ID: <answer.{number}@example.org>\n'
            f'Date: Tue, 31 Mar 2026 23:{number // 60:02}:{number % 60:02} +0000\n'
            f'In-Reply-To: <{ident[3:]}>\n\nDoes it work with {number} of them?\n')
    with tempfile.TemporaryFile() as f:
        f.write(mail.encode())
        f.seek(0)
        run(['notmuch', 'insert', '--folder=m'], config, stdin=f)


def reply(args, folder):
    numbers = iter(range(1, 10000))

    def after_reply(config):
        deliver_reply(config, next(numbers))
        return run(UPDATE, config)

    small, large = (args[size + '_copy'](folder) for size in ('small', 'large'))
    for config in (small, large):
        run(UPDATE, config)
    pair = Pair(lambda: after_reply(large), lambda: after_reply(small), 3 * args['runs'])
    row(f'update after a reply, {args["large"]} and {args["small"]}',
        pair.median(pair.ours, 'wall'), pair.median(pair.theirs, 'wall'),
        pair.ratio('wall'), 1.2)


def size(args):
    command = [ND, 'report', '--since=2026-03-24', '--until=2026-03-31', NOW,
               '--format=json', '--quiet', '*']
    pair = Pair(lambda: run(command, made(args['large'])),
                lambda: run(command, made(args['small'])), args['runs'])
    row(f'report of a week, {args["large"]} and {args["small"]}',
        pair.median(pair.ours, 'wall'), pair.median(pair.theirs, 'wall'),
        pair.ratio('wall'), None)


def since_for(config, threads):
    """The day from which on so many threads have mail."""
    day = epoch('2026-03-31')
    while int(notmuch(config, 'count', '--output=threads', f'date:@{day}..')) < threads:
        day -= 86400
    return day


def write(args, folder):
    """One run of each, on copies of the small mailbox: they are not repeatable."""
    base = made(args['small'])
    since = since_for(base, args['threads'])
    threads = notmuch(base, 'count', '--output=threads', f'date:@{since}..').strip()
    config = copied(base, os.path.join(folder, 'ours'))
    before = set(notmuch(config, 'dump', '--include=tags').splitlines())
    ours = run(UPDATE + [f'--since=@{since}'], config)
    digests = glob.glob(config[:-len('.config')] + '/digest/cur/*')
    lines = [line for line in notmuch(config, 'dump', '--include=tags').splitlines()
             if line not in before and line.startswith('+')]
    config = copied(base, os.path.join(folder, 'theirs'))
    with tempfile.TemporaryFile('w+') as batch:
        batch.write('\n'.join(lines) + '\n')
        batch.seek(0)
        theirs = run(['notmuch', 'tag', '--batch'], config, stdin=batch)
    for path in digests:
        with open(path, 'rb') as mail:
            one = run(['notmuch', 'insert', '--folder=digest', '--create-folder', '+digest'],
                      config, stdin=mail)
        theirs.wall += one.wall
        theirs.cpu += one.cpu
    for how in ('wall', 'cpu'):
        mine, their = getattr(ours, how), getattr(theirs, how)
        row(f'update of {threads} threads, {len(digests)} digests, {how}', mine, their,
            mine / their, 1.0)


def thread(args):
    command = [ND, 'report', '--since=2025-12-01', '--until=2026-12-01',
               '--now=2026-12-01', '--format=json', '--jobs=1', '--quiet']
    few, many = one_thread(100), one_thread(20000)
    took = {}
    for name, config, query, runs in (('alone', few, 'tag:nothing', 3), ('few', few, '*', 3),
                                      ('many', many, '*', 1)):
        took[name] = min(run(command + [query], config).cpu
                         for _ in range(runs * max(args['runs'] // 2, 1)))
    mine = (took['many'] - took['alone']) / 20000
    their = (took['few'] - took['alone']) / 100
    row('a mail of a thread of 20,000 and of 100, cpu', mine, their, mine / their, 1.3)


def stages(args):
    for name, since, until in (('kvmarm-2021q1', '2021-03-15', '2021-03-22'),
                               ('kvmarm-2019-2020', '2020-01-01', '2021-01-01')):
        out = subprocess.run(
            [STAGES, str(epoch(since)), str(epoch(until)), str(args['runs'])], check=True,
            stdout=subprocess.PIPE, env=environment(corpus(name))).stdout.split()
        mails = int(out[0])
        told = [f'{word} {mails / float(s):.0f}/s' for word, s in
                zip(('read', 'analyse', 'summarise'), out[2:5])]
        print(f'{name}, {mails} mails on one core: {", ".join(told)}; '
              f'{int(out[5]) / mails:.0f} bytes kept a mail', flush=True)


ROWS = {'start': start, 'week': week, 'cage': cage, 'year': year, 'none': none, 'reply': reply,
        'size': size, 'write': write, 'thread': thread, 'stages': stages}
WRITERS = (none, reply, write)


def main():
    args = {'runs': 7, 'small': 10000, 'large': 50000, 'threads': 1000}
    wanted = []
    for word in sys.argv[1:]:
        name, equal, value = word.lstrip('-').partition('=')
        if equal and name in args:
            args[name] = int(value)
        elif word in ROWS:
            wanted.append(word)
        else:
            sys.exit(__doc__)
    if not os.path.isdir(CORPUS):
        sys.exit(f'skipped: no real mail in {CORPUS} (set SHARED)')
    copies = {}
    with tempfile.TemporaryDirectory(dir=os.environ.get('TMPDIR')) as folder:
        for which in ('small', 'large'):
            def copy(where, mails=args[which]):
                if mails not in copies:
                    copies[mails] = copied(made(mails), where)
                return copies[mails]
            args[which + '_copy'] = copy
        print(f'{"":44} {"ours":>9} {"theirs":>9} {"":3} {"ratio":>7}   goal')
        for name, measure in ROWS.items():
            if wanted and name not in wanted:
                continue
            if measure in WRITERS:
                measure(args, folder)
            else:
                measure(args)
    print(f'medians of {args["runs"]} runs and more; {os.cpu_count()} cores, '
          f'load {os.getloadavg()[0]:.1f}')


if __name__ == '__main__':
    main()
