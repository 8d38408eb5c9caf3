#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed and memory beside notmuch itself, on the same mail in the same run.

usage: bench.py [RUNS]      (by `make bench`; wants $ND_BIN and $SHARED)

Prints, for a week of kvmarm-2021q1 and for all of kvmarm-2019-2020, with one
job and with one for each core: the median wall time of the report, of `notmuch
show --format=json --entire-thread=true` over the same threads, their ratio, and
the report's peak memory. Runs of all are interleaved, so that what else the
machine does meets all.

Then what each stage of the report does in a second of one core (CPU time, the
best of RUNS): mails read (files, MIME), analysed, summarised; and the bytes a
mail leaves behind in a report, facts and summary, when its text is freed.

What the sandbox costs: CPU time of the report, of all its processes, with it and
with --no-sandbox.

A made-up thread of 500 mails and one of 5,000 (thread.py): CPU time of analysis
and summary together, and their ratio.

Last, what a run that finds nothing new costs beside `notmuch count`.
"""
import calendar
import ctypes
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ND = os.environ.get('ND_BIN', 'build/bin/notmuch-digest')
STAGES = os.path.join(os.environ.get('ND_BUILD', 'build'), 'tests/stages')
CORPUS = os.path.join(os.environ.get('SHARED', '../shared'), 'corpus')
CASES = [
    ('one week', 'kvmarm-2021q1', '2021-03-15', '2021-03-22'),
    ('everything', 'kvmarm-2019-2020', '2019-01-01', '2021-01-01'),
]


def mailbox(folder, name, fill):
    """A notmuch database of its own, filled by a command."""
    mail = os.path.join(folder, name)
    os.mkdir(mail)
    subprocess.run(fill(mail), check=True)
    config = mail + '.config'
    with open(config, 'w', encoding='utf-8') as f:
        f.write(f'[database]\npath={mail}\n[new]\ntags=inbox;unread\n'
                '[maildir]\nsynchronize_flags=false\n')
    os.environ['NOTMUCH_CONFIG'] = config
    subprocess.run(['notmuch', 'new', '--quiet'], check=True)


def unpack(corpus):
    return lambda mail: ['tar', '-xJf',
                         os.path.join(CORPUS, corpus + '.tar.xz'), '-C', mail]


def run(command):
    """Seconds of wall time and peak memory in MiB of one command."""
    begin = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f'{command[0]} failed: exit {child.returncode}')
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def cpu(command):
    """Seconds of CPU time of a command and all processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    while True:  # those whose parent has ended are ours (main())
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime -
            before.ru_utime - before.ru_stime)


def sandbox(name, report, runs):
    """One line: the report with the sandbox and without, in turn."""
    took = [(cpu(report), cpu(report[:2] + ['--no-sandbox'] + report[2:]))
            for _ in range(runs)]
    caged, plain = (1000 * statistics.median(t) for t in zip(*took))
    return (f'{name:12} sandbox: {caged:.0f} ms of CPU, {plain:.0f} ms '
            f'without; ratio {caged / plain:.3f}')


def epoch(day):
    """Seconds since the epoch of a day's begin, UTC."""
    return str(calendar.timegm(time.strptime(day, '%Y-%m-%d')))


def stages(name, since, until, runs):
    """One line: mails a second of each stage."""
    out = subprocess.run([STAGES, epoch(since), epoch(until), str(runs)],
                         check=True, stdout=subprocess.PIPE).stdout.split()
    mails, kept = int(out[0]), int(out[5])
    speeds = ['%7.0f/s' % (mails / float(s)) for s in out[2:5]]
    return (f'{name:12} {mails:6} mails: read {speeds[0]}, analyse '
            f'{speeds[1]}, summarise {speeds[2]}; {kept / mails:.0f} bytes '
            'kept a mail')


def big_threads(folder, runs):
    """One line: a thread of 500 mails and one of 5,000."""
    tool = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        'thread.py')
    spent = []
    for mails in ('500', '5000'):
        mailbox(folder, 'thread' + mails,
                lambda mail, n=mails: [tool, os.path.join(mail, 'big'), n])
        out = subprocess.run(
            [STAGES, '0', '4000000000', str(runs)], check=True,
            stdout=subprocess.PIPE).stdout.split()
        spent.append(float(out[3]) + float(out[4]))
    return ('one thread   500 mails %.1f ms, 5000 mails %.1f ms: %.1f times' %
            (1000 * spent[0], 1000 * spent[1], spent[1] / spent[0]))


def wall(command, runs):
    """Median wall time in ms and peak memory of a command."""
    got = [run(command) for _ in range(runs)]
    return (1000 * statistics.median(g[0] for g in got),
            max(g[1] for g in got))


def nothing_new(runs):
    """One line: update with nothing to do beside `notmuch count`."""
    subprocess.run(['notmuch', 'config', 'set', 'digest.query', '*'],
                   check=True)
    update = [ND, 'update', '--quiet', '--since=2021-03-01',
              '--now=2021-03-31']
    subprocess.run(update, check=True, stdout=subprocess.DEVNULL)
    ours, peak = wall(update, 5 * runs)
    theirs, _ = wall(['notmuch', 'count', '*'], 5 * runs)
    return (f'nothing new: update {ours:.1f} ms, {peak:.1f} MiB; notmuch '
            f'count {theirs:.1f} ms; ratio {ours / theirs:.2f}')


def show(since, until):
    """The same mails by notmuch: its dates hold the last day, ours do not."""
    last = calendar.timegm(time.strptime(until, '%Y-%m-%d')) - 1
    return ['notmuch', 'show', '--format=json', '--body=true',
            '--entire-thread=true', f'date:@{epoch(since)}..@{last}']


def ratios(name, report, theirs, runs):
    """A line for each number of jobs: the report beside notmuch."""
    commands = {'-j1': report[:2] + ['-j1'] + report[2:], 'all': report,
                'show': theirs}
    took = {key: [] for key in commands}
    for _ in range(runs):
        for key, command in commands.items():
            took[key].append(run(command))
    median = {key: statistics.median(t[0] for t in took[key])
              for key in commands}
    return '\n'.join(
        f'{name:12} {jobs:>4} {median[jobs]:8.3f}s {median["show"]:8.3f}s '
        f'{median[jobs] / median["show"]:6.2f} '
        f'{max(t[1] for t in took[jobs]):6.1f} MiB' for jobs in ('-j1', 'all'))


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    if not os.path.isdir(CORPUS):
        sys.exit(f'skipped: no real mail in {CORPUS} (set SHARED)')
    lines = []
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    print(f'{"":12} {"jobs":>4} {"report":>9} {"show":>9} {"ratio":>6} {"peak":>10}')
    with tempfile.TemporaryDirectory() as folder:
        for name, corpus, since, until in CASES:
            mailbox(folder, corpus, unpack(corpus))
            report = [ND, 'report', f'--since={since}', f'--until={until}',
                      '--format=json', '--quiet', '*']
            print(ratios(name, report, show(since, until), runs))
            lines.append(stages(name, since, until, runs))
            lines.append(sandbox(name, report, runs))
            if not lines[2:]:
                lines.append(nothing_new(runs))
        lines.append(big_threads(folder, runs))
    print('\n'.join(sorted(lines)))
    print(f'medians of {runs}; {os.cpu_count()} cores, load '
          f'{os.getloadavg()[0]:.2f}; page size '
          f'{resource.getpagesize()} bytes')


if __name__ == '__main__':
    main()
