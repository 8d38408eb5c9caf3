# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benches share: mailboxes, and what a command takes."""
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ND = os.environ.get('ND_BIN', 'build/bin/notmuch-digest')
PAGE = os.sysconf('SC_PAGE_SIZE')
# Processes whose parent has ended are ours, so that their time is counted.
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def mailbox(folder, name, fill):
    """A notmuch database of its own: its configuration. fill(maildir) puts mail
    there; what an earlier run has made stays."""
    mail = os.path.join(folder, name)
    config = mail + '.config'
    if os.path.exists(config):
        return config
    shutil.rmtree(mail, ignore_errors=True)  # a run that was broken off
    os.makedirs(mail)
    fill(mail)
    with open(config + '.new', 'w', encoding='utf-8') as f:
        f.write(f'[database]\npath={mail}\n[user]\nname=Nora Nobody\n'
                'primary_email=nora@example.org\n[new]\ntags=inbox;unread\n'
                '[maildir]\nsynchronize_flags=false\n[digest]\nquery=*\n')
    subprocess.run(['notmuch', 'new', '--quiet'], check=True,
                   stderr=subprocess.DEVNULL,
                   env=dict(environment(config + '.new'),
                            XAPIAN_FLUSH_THRESHOLD='50000'))
    os.rename(config + '.new', config)
    return config


def environment(config):
    """That of a command on a mailbox."""
    return dict(os.environ, NOTMUCH_CONFIG=config, LC_ALL='C.UTF-8', TZ='UTC')


def notmuch(config, *words):
    """What notmuch prints."""
    return subprocess.run(['notmuch', *words], check=True, text=True,
                          stdout=subprocess.PIPE, env=environment(config)).stdout


def memory_of(pid):
    """Resident bytes of a process and all that it has started."""
    total = 0
    try:
        with open(f'/proc/{pid}/statm', encoding='ascii') as f:
            total = int(f.read().split()[1]) * PAGE
        for task in os.listdir(f'/proc/{pid}/task'):
            with open(f'/proc/{pid}/task/{task}/children', encoding='ascii') as f:
                total += sum(memory_of(int(child)) for child in f.read().split())
    except (OSError, ValueError, IndexError):
        pass  # it has ended meanwhile
    return total


def orphans():
    """CPU time of the processes that a command has left behind, until they end."""
    took = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return took
        took += usage.ru_utime + usage.ru_stime


class Taken:
    """What one run of a command took, with all processes that it has started."""

    def __init__(self, command, config, stdin=None, memory=False):
        self.peak = 0
        watch = None
        begin = time.monotonic()
        with subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL,
                              env=environment(config)) as child:
            if memory:
                watch = threading.Thread(target=self.watch, args=(child.pid,))
                watch.start()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - begin
        self.cpu = usage.ru_utime + usage.ru_stime + orphans()
        if watch:
            watch.join()
        # Of the sum a short peak may be missed, of the process itself none is.
        self.peak = max(self.peak, usage.ru_maxrss * 1024)
        self.exit = child.returncode

    def watch(self, pid):
        """Note the most memory that is seen, until the process has ended: this costs
        the machine something, so times are taken of other runs."""
        while True:
            now = memory_of(pid)
            if now == 0:
                return
            self.peak = max(self.peak, now)
            time.sleep(0.004)


def run(command, config, **kind):
    """What a command takes that must not fail."""
    taken = Taken(command, config, **kind)
    if taken.exit:
        sys.exit(f'{" ".join(command[:2])} failed: exit {taken.exit}')
    return taken


class Pair:
    """Ours and theirs, run by turns, so that what else the machine does meets
    both: A B A B."""

    def __init__(self, ours, theirs, runs):
        taken = ([], [])
        for _ in range(runs):
            taken[0].append(ours())
            taken[1].append(theirs())
        self.ours, self.theirs = taken

    def median(self, which, what):
        return statistics.median(getattr(taken, what) for taken in which)

    def ratio(self, what):
        """Of the medians."""
        return self.median(self.ours, what) / self.median(self.theirs, what)


def row(name, ours, theirs, ratio, goal, unit='ms'):
    """One line of the table; goal is the most that the ratio should be."""
    factor = 1000 if unit == 'ms' else 1
    told = '' if goal is None else (f'{goal:6.2f}  ' + ('' if ratio <= goal else 'missed'))
    print(f'{name:44} {factor * ours:9.1f} {factor * theirs:9.1f} {unit:3} {ratio:7.2f} '
          f'{told}'.rstrip(), flush=True)
