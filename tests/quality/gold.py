"""The annotated threads, and how far summaries are from them (stdlib only).

Measures are those of the scorers that come with the data: see the README files
in DATA_DIR/quality.
"""
import calendar
import glob
import importlib.util
import json
import os
import subprocess
import tarfile
import time

# Weeks of lists that have summaries and key sentences: as lists.json calls them.
LISTS = {'week': 'kvmarm', 'iouring': 'iouring', 'ltp': 'ltp', 'usrp': 'usrp',
         'openbmc': 'openbmc'}
SETS = {  # name -> archive, words of a summary
    'bc3_100': ('bc3', 100),
    'bc3_150': ('bc3', 150),
    'convosumm': ('convosumm', 66),
    **{name: (name, 150) for name in LISTS},
}

# Threads that belong to no week are told whole.
ALWAYS = {'since': '1990-01-01', 'until': '2037-01-01'}


def load_module(path):
    name = os.path.basename(path)[:-len('.py')]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seconds(day):
    return str(calendar.timegm(time.strptime(day, '%Y-%m-%d')))


def average(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def mean(rows, key):
    return average(row[key] for row in rows)


def mailbox(archive, directory):
    """A notmuch database with the mail of archive; returns an environment."""
    root = os.path.join(directory, 'mail')
    config = os.path.join(directory, 'config')
    os.makedirs(root)
    with tarfile.open(archive) as tar:
        tar.extractall(root, filter='data')
    with open(config, 'w', encoding='utf-8') as f:
        f.write('[database]\npath=%s\n[new]\ntags=inbox\n[user]\n'
                'name=Reader\nprimary_email=reader@example.org\n'
                '[maildir]\nsynchronize_flags=false\n' % root)
    env = dict(os.environ, NOTMUCH_CONFIG=config, TZ='UTC',
               LC_ALL='C.UTF-8')
    subprocess.run(['notmuch', 'new', '--quiet'], env=env, check=True)
    return env


class Gold:
    """Annotations and measures; a measure takes a thread and its items."""

    def __init__(self, data):
        quality = os.path.join(data, 'quality')
        threads = os.path.join(quality, 'threads')
        self.score = load_module(os.path.join(threads, 'score.py'))
        self.report = load_module(os.path.join(quality, 'score_report.py'))
        self.bc3 = self.threads(os.path.join(threads, 'gold-bc3.json'))
        self.convosumm = self.threads(
            os.path.join(threads, 'gold-convosumm.json'))
        with open(os.path.join(quality, 'lists.json'), encoding='utf-8') as f:
            self.about = json.load(f)
        for name, known_as in LISTS.items():
            setattr(self, name, self.annotations(os.path.join(
                quality, self.about[known_as]['gold'])))

    @staticmethod
    def annotations(directory):
        found = {}
        for path in sorted(glob.glob(os.path.join(directory, '*.json'))):
            with open(path, encoding='utf-8') as f:
                one = json.load(f)
            found[one['root_id']] = one
        return found

    def threads(self, path):
        return {t.root.strip('<>'): t for t in self.score.load(path)
                if t.split == 'dev'}

    def measure(self, name, thread, items):
        if name in LISTS:
            return self.measure_week(getattr(self, name)[thread], items)
        words = SETS[name][1]
        if name == 'convosumm':
            return self.measure_rouge(self.convosumm[thread], items, words)
        row = self.score.score_thread(self.bc3[thread], '\n'.join(items),
                                      words)
        return {key: row[key] for key in ('R1', 'R2', 'RL', 'F', 'WR', 'LC')}

    def measure_rouge(self, thread, items, words):
        score = self.score
        got = score.tokens(score.truncate('\n'.join(items), words))
        want = score.tokens(thread.refs[0])
        return {'R1': score.rouge_n(got, want, 1),
                'R2': score.rouge_n(got, want, 2),
                'RL': score.rouge_l(got, want)}

    def measure_week(self, one, items):
        report = self.report
        texts = [{'text': item} for item in items]
        want = report.toks(' '.join(one['summary'].get(zone) or ''
                                    for zone in ('background', 'earlier',
                                                 'new')))
        got = report.toks(' '.join(' '.join(items).split()[:140]))
        keys = one['key_sentences']
        return {'hits': sum(report.covered(k['sentence'], texts)
                            for k in keys),
                'keys': len(keys),
                'R1': report.rouge(got, want, 1),
                'R2': report.rouge(got, want, 2),
                'words': len(' '.join(items).split())}


def totals(rows):
    """Rows of each set -> {"bc3_100 F": 0.51, …, "week key_r": …}"""
    out = {}
    for name, of_set in rows.items():
        if name in LISTS and of_set:
            out[name + ' key_r'] = (sum(row['hits'] for row in of_set) /
                                    max(1, sum(row['keys']
                                               for row in of_set)))
        for key in of_set[0] if of_set else ():
            if key not in ('hits', 'keys'):
                out['%s %s' % (name, key)] = mean(of_set, key)
    return out


class Mail:
    """The mail of the annotated threads, unpacked and listed by thread."""

    ARCHIVES = {'bc3': ('quality', 'threads', 'bc3-dev.tar.xz'),
                'convosumm': ('quality', 'threads', 'convosumm-dev.tar.xz'),
                'week': ('corpus', 'kvmarm-2021q1.tar.xz')}

    def __init__(self, data, directory, gold):
        self.list, self.about = {}, gold.about
        archives = dict(self.ARCHIVES)
        for name, known_as in LISTS.items():
            archives[name] = ('quality', gold.about[known_as]['corpus'])
        for name, path in archives.items():
            here = os.path.join(directory, name)
            os.mkdir(here)
            env = mailbox(os.path.join(data, *path), here)
            self.list[name] = self.index(here, env,
                                         sorted(getattr(gold, name)))

    @staticmethod
    def index(here, env, threads):
        path = os.path.join(here, 'list')
        with open(path, 'w', encoding='utf-8') as out:
            for thread in threads:
                files = subprocess.run(
                    ['notmuch', 'search', '--output=files',
                     '--sort=oldest-first', 'thread:{id:%s}' % thread],
                    env=env, check=True, stdout=subprocess.PIPE)
                for file in files.stdout.decode().split('\n')[:-1]:
                    out.write('%s\t%s\n' % (thread, file))
        return path

    def arguments(self, name):
        archive, words = SETS[name]
        about = self.about[LISTS[name]] if name in LISTS else ALWAYS
        return [self.list[archive], str(words), seconds(about['since']),
                seconds(about['until'])]

    def names(self, name):
        names = []
        with open(self.list[SETS[name][0]], encoding='utf-8') as f:
            for line in f:
                thread = line.split('\t')[0]
                if not names or names[-1] != thread:
                    names.append(thread)
        return names
