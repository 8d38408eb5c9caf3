#!/usr/bin/env python3
"""Fit summarise/weights.c to what people chose (stdlib only).

usage: fit.py CANDIDATES DATA_DIR [--without K/N|LIST] [--steps N] [--polish]
       [--only talk|reviews] [--write FILE]
       fit.py CANDIDATES DATA_DIR --ablate FILE

CANDIDATES is the built tests/quality/candidates.c; {list} in it is replaced by
the name of a list: a program that reads acts with weights that have not seen
it. DATA_DIR holds quality/ and corpus/. Reads the development data and nothing
else.

1. Regression: what a feature is worth for a sentence to be chosen by a person
   (BC3: share of three people; the annotated week: key sentences), or to be in
   the extract that is nearest to a person's abstract (ConvoSumm, the week).
2. A climb from there over whole summaries: random steps, kept when the measures
   get better. A solution is measured as the mean of itself and of neighbours,
   so that it stands on a plateau rather than on a needle: on threads that were
   left out (--without) those do better.
3. A short climb of the solution itself, held near where it began.

--polish does the third step alone, from the weights that are in force. --ablate
fits nothing: FILE gets what the summaries of lists that the weights in force
have not seen lose without each of them.

The seeds are fixed: same data, same numbers. Prints the measures after each
step, and the table; --write puts the table into FILE. --without K/N leaves out
every Nth thread from K on, --without LIST all threads of one list; the measures
on those are printed, too.
"""
import argparse
import math
import os
import random
import re
import subprocess
import tempfile

import gold as annotated

EPOCHS, RATE, DECAY = 120, 0.15, 0.002
TABLES = ('patch', 'review', 'opening', 'reply')  # enum nd_table
SHARE = {'bc3': 3.0, 'convosumm': 0.5}  # weight of one sentence
SHARE.update({name: 2.0 for name in annotated.LISTS})
# What to reach, and what difference is more than noise.
GOALS = {
    'talk': {
        'bc3_100 R1': (.378, .012), 'bc3_100 R2': (.13, .01),
        'bc3_100 F': (.51, .03), 'bc3_100 WR': (.63, .03),
        'bc3_100 LC': (.55, .03), 'bc3_150 R1': (.395, .012),
        'bc3_150 F': (.58, .03), 'bc3_150 WR': (.69, .05),
        'bc3_150 LC': (.70, .05), 'convosumm R1': (.295, .004),
        'convosumm R2': (.072, .0025), 'convosumm RL': (.193, .0035)},
    'reviews': {},
}
for _list in annotated.LISTS:
    for _goals in ('talk',) if _list == 'usrp' else ('reviews',):
        GOALS[_goals].update({
            _list + ' key_r': (.60, .02), _list + ' R1': (.47, .01),
            _list + ' R2': (.20, .01)})
# enum nd_table and struct of nd_weights that a goal depends on.
TABLES_OF = {'reviews': (0, 1), 'talk': (2, 3)}
NEIGHBOURS, JITTER = 4, 0.12


class Layout:
    """Where what stands among the numbers of struct nd_weights."""

    def __init__(self, header):
        with open(header, encoding='utf-8') as f:
            text = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
        self.features = re.findall(r'\tND_FEATURE_(\w+),', text)
        spread = text[text.index('struct nd_spread {'):]
        spread = spread[:spread.index('};')]
        self.fields = [field.strip()
                       for line in re.findall(r'float ([^;]*);', spread)
                       for field in line.split(',')]
        self.spreads = 4 * len(self.features)
        self.count = self.spreads + 2 * len(self.fields)

    def field(self, i):
        """The name of number i when it is of a spread, else None."""
        if i < self.spreads:
            return None
        return self.fields[(i - self.spreads) % len(self.fields)]

    def numbers_of(self, goals):
        numbers = [4 * k + table for k in range(len(self.features))
                   for table in TABLES_OF[goals]]
        begin = self.spreads + (goals == 'talk') * len(self.fields)
        return numbers + list(range(begin, begin + len(self.fields)))

    def rounded(self, i, value):
        name = self.field(i)
        if name == 'per_word':
            return round(min(max(value, 0), .15), 3)
        if name and name != 'enough':
            value = min(max(value, 0), 1 if name.endswith('share') else 3)
        return round(value, 2)

    def read(self, path):
        """The numbers that weights.c has now."""
        with open(path, encoding='utf-8') as f:
            text = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
        value = [0.0] * self.count
        number = r'-?\d+(?:\.\d*)?'
        for name, row in re.findall(r'\[ND_FEATURE_(\w+)\] = \{([^}"]*)\}',
                                    text):
            k = self.features.index(name)
            value[4 * k:4 * k + 4] = map(float, re.findall(number, row))
        for begin, part in enumerate(text.split('.of_reviews')[1]
                                     .split('.of_talk')):
            for name, one in re.findall(r'\.(\w+) = (%s)' % number, part):
                value[self.spreads + begin * len(self.fields) +
                      self.fields.index(name)] = float(one)
        return value

    def write(self, path, value):
        with open(path, encoding='utf-8') as f:
            text = f.read()
        for k, name in enumerate(self.features):
            row = ', '.join(literal(v) for v in value[4 * k:4 * k + 4])
            text = re.sub(r'(\[ND_FEATURE_%s\] = \{)[^}"]*\}' % name,
                          lambda m, row=row: m.group(1) + row + '}', text)
        for begin, part in enumerate(('of_reviews', 'of_talk')):
            lines = ''.join(
                '\t\t\t.%s = %s,\n' % (name, literal(
                    value[self.spreads + begin * len(self.fields) + k]))
                for k, name in enumerate(self.fields))
            text, found = re.subn(
                r'(\.%s =\s*\{\n).*?(\s*\},\n)' % part,
                lambda m, lines=lines: m.group(1) + lines.rstrip('\n') +
                m.group(2), text, flags=re.S)
            if not found:
                raise SystemExit('no table %s in %s' % (part, path))
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)


def literal(value):
    text = '%g' % round(value, 3)
    return text + ('f' if '.' in text else '.0f' if value else '')


# ---- sentences: regression --------------------------------------------------

def overlap(a, b):
    """Share of the tokens of a that b has, each counted once."""
    left = {}
    for w in b:
        left[w] = left.get(w, 0) + 1
    hit = 0
    for w in a:
        if left.get(w, 0):
            left[w] -= 1
            hit += 1
    return hit / len(a) if a else 0.0


def count_grams(words):
    grams = {}
    for n in (1, 2):
        for i in range(len(words) - n + 1):
            g = tuple(words[i:i + n])
            grams[g] = grams.get(g, 0) + 1
    return grams


def by_thread(rows):
    groups = {}
    for r in rows:
        groups.setdefault(r['thread'], []).append(r)
    return groups


def label_votes(rows, gold):
    votes = {}
    for thread in gold.bc3.values():
        for m in thread.raw['messages']:
            votes[m['message_id']] = [
                (gold.score.tokens(s['text']), s['votes'] / 3)
                for s in m['sentences'] if not s['quote_depth']]
    for r in rows:
        r['y'] = max([share for words, share in votes.get(r['id'], ())
                      if min(len(words), len(r['tok'])) >= 2 and
                      max(overlap(r['tok'], words),
                          overlap(words, r['tok'])) > 0.7], default=0.0)


def label_extract(rows, wanted, words_max):
    """1 for the sentences that raise ROUGE-1 + ROUGE-2 of an extract most."""
    for thread, group in by_thread(rows).items():
        grams = count_grams(wanted.get(thread, ()))
        chosen, size = {}, 0
        for r in group:
            r['y'] = 0.0
        while size < words_max:
            best, gain = None, 0.0
            for r in group:
                if r['y'] or not 4 <= len(r['tok']) <= words_max - size + 8:
                    continue
                new = sum(min(n, grams.get(g, 0) - chosen.get(g, 0))
                          for g, n in count_grams(r['tok']).items()
                          if grams.get(g, 0) > chosen.get(g, 0))
                if new / (len(r['tok']) + 4) > gain:
                    best, gain = r, new / (len(r['tok']) + 4)
            if not best:
                break
            best['y'] = 1.0
            size += len(best['tok'])
            for g, n in count_grams(best['tok']).items():
                chosen[g] = chosen.get(g, 0) + n


def label_week(rows, gold, week):
    tokens, keys = gold.score.tokens, {}
    wanted = {root: tokens(' '.join(one['summary'].values()))
              for root, one in week.items()}
    for one in week.values():
        for k in one['key_sentences']:
            keys.setdefault(k['id'], []).append(tokens(k['sentence']))
    label_extract(rows, wanted, 100)
    for r in rows:
        r['y'] *= 0.5
        for k in keys.get(r['id'], []):
            if overlap(k, r['tok']) >= 0.6 and len(r['tok']) < 3 * len(k):
                r['y'] = 1.0


def tool_for(tool, name):
    """What belongs to no list has taught nobody acts."""
    return tool.replace('{list}', annotated.LISTS.get(
        name, annotated.LISTS['week']))


def read_sentences(tool, mail, gold, keep):
    rows = []
    for archive, name in [('bc3', 'bc3_100'), ('convosumm', 'convosumm')] + [
            (name, name) for name in annotated.LISTS]:
        out = subprocess.run([tool_for(tool, name), 'features'] +
                             mail.arguments(name), check=True,
                             stdout=subprocess.PIPE)
        here = []
        for line in out.stdout.decode().split('\n')[:-1]:
            f = line.split('\t')
            if f[0] not in keep[archive]:
                continue
            here.append({'thread': f[0], 'id': f[1], 'table': int(f[2]),
                         'x': [float(v) for v in f[3:-1]],
                         'tok': gold.score.tokens(f[-1]),
                         'weight': SHARE[archive]})
        if archive == 'bc3':
            label_votes(here, gold)
        elif archive == 'convosumm':
            label_extract(here, {root: gold.score.tokens(t.refs[0])
                                 for root, t in gold.convosumm.items()}, 66)
        else:
            label_week(here, gold, getattr(gold, archive))
        rows += here
    return rows


def regress(rows, size):
    """Logistic regression by stochastic gradient descent."""
    w = [0.0] * size
    rnd = random.Random(1)
    order = list(range(len(rows)))
    for epoch in range(EPOCHS):
        rnd.shuffle(order)
        rate = RATE / (1 + 0.1 * epoch)
        for i in order:
            r = rows[i]
            z = sum(a * b for a, b in zip(w, r['x']) if b)
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
            step = rate * r['weight'] * (r['y'] - p)
            for k, v in enumerate(r['x']):
                if v:
                    w[k] += step * v - rate * DECAY * w[k]
    return w


# ---- summaries: the climb ---------------------------------------------------

class Summaries:
    """The summaries that weights would make, measured."""

    def __init__(self, tool, mail, gold):
        self.gold, self.names, self.tool, self.known = gold, {}, {}, {}
        for name in annotated.SETS:
            self.names[name] = mail.names(name)
            self.tool[name] = subprocess.Popen(
                [tool_for(tool, name), 'tune'] + mail.arguments(name),
                text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def rows(self, value, names=None):
        names = names or list(self.tool)
        for name in names:
            stdin = self.tool[name].stdin
            stdin.write(' '.join('%.6g' % v for v in value) + '\n')
            stdin.flush()
        return {name: self.read(name) for name in names}

    def read(self, name):
        out, rows = self.tool[name].stdout, []
        for thread in self.names[name]:
            text = out.readline().rstrip('\n')
            key = name, thread, text
            if key not in self.known:
                self.known[key] = self.gold.measure(
                    name, thread, text.split('\t') if text else [])
            rows.append(self.known[key])
        if out.readline() != '\n':
            raise SystemExit('candidates and threads differ')
        return rows


def pick(rows, threads):
    return {name: [of_set[i] for i in threads[name]]
            for name, of_set in rows.items()}


def merit(measures, goals):
    """In units of noise; what is below its goal counts four times."""
    total = 0.0
    for name, (goal, noise) in goals.items():
        if name not in measures:
            continue  # of a list that is left out
        far = (measures[name] - goal) / noise
        total += min(far, 0) * 1.5 + far * 0.5
    return total


class Climb:
    def __init__(self, summaries, layout, goals, threads, rnd):
        self.summaries, self.layout, self.rnd = summaries, layout, rnd
        self.goals, self.threads = GOALS[goals], threads
        self.numbers = layout.numbers_of(goals)
        # Nothing else changes with these numbers, or is wanted.
        self.names = sorted({goal.split()[0] for goal in self.goals
                             if threads[goal.split()[0]]})

    def neighbours(self, count):
        offsets = [{}]
        for _ in range(count):
            offsets.append({i: self.rnd.gauss(0, JITTER)
                            for i in self.numbers if i < self.layout.spreads})
        return offsets

    def worth(self, value, offsets):
        total = 0.0
        for offset in offsets:
            moved = [v + offset.get(i, 0) for i, v in enumerate(value)]
            rows = self.summaries.rows(moved, self.names)
            total += merit(annotated.totals(pick(rows, self.threads)),
                           self.goals)
        return total / len(offsets)

    def step(self, value):
        moved = list(value)
        size = self.rnd.choice((.5, 1, 2)) * .15
        for i in self.rnd.sample(self.numbers, self.rnd.choice((1, 1, 2, 3,
                                                                5))):
            near = .008 if self.layout.field(i) == 'per_word' else size
            moved[i] = self.layout.rounded(
                i, value[i] + self.rnd.gauss(0, near))
        return moved

    def run(self, start, steps, neighbours, pull):
        """pull: the price of a distance of 0.6 from start, in merit."""
        offsets = self.neighbours(neighbours)

        def judged(value):
            return self.worth(value, offsets) - pull * sum(
                ((value[i] - start[i]) / .6) ** 2 for i in self.numbers)
        best, best_worth = start, judged(start)
        for _ in range(steps):
            moved = self.step(best)
            worth = judged(moved)
            if worth > best_worth:
                best, best_worth = moved, worth
        return best


def show(title, rows):
    print('%s:' % title, ', '.join(
        '%s %.3f' % pair for pair in annotated.totals(rows).items()),
        flush=True)


def split(summaries, without):
    """Indices of the threads to fit, and of those left out."""
    k, n = map(int, without.split('/')) if '/' in without else (0, 0)
    inside, outside = {}, {}
    for name, threads in summaries.names.items():
        out = set(range(len(threads))[k::n]) if n else set()
        if name == without:
            out = set(range(len(threads)))
        inside[name] = [i for i in range(len(threads)) if i not in out]
        outside[name] = sorted(out)
    return inside, outside


# Lists that have taught the weights in force nothing.
UNSEEN = ('iouring', 'ltp', 'usrp', 'openbmc')


def ablate(path, layout, value, summaries):
    """What the measures lose when a feature, or a price, counts nothing."""
    def measured(moved):
        return annotated.totals(summaries.rows(moved, UNSEEN))
    whole = measured(value)
    columns = ['%s %s' % (name, what) for what in ('key_r', 'R1')
               for name in UNSEEN]
    half = len(UNSEEN)
    lines = ['# What each weight is worth', '',
             'Points (of 100) that the summaries of lists that the weights have '
             'not seen lose', 'when it counts nothing and all else stays. '
             'Written by `make ablation`; what the', 'names mean stands in '
             '`summarise/weights.h`. A list has 18 threads and some 110 key',
             'sentences: one of these is 0.9 points.', '',
             '| without | %s | mean key_r | mean R1 |' % ' | '.join(columns),
             '|---' * (3 + len(columns)) + '|']
    parts = [(name.lower(), range(4 * k, 4 * k + 4))
             for k, name in enumerate(layout.features)]
    size = len(layout.fields)
    parts += [(name, (layout.spreads + k, layout.spreads + size + k))
              for k, name in enumerate(layout.fields)
              if not name.endswith('share') and name != 'enough']
    for name, numbers in parts:
        moved = [0.0 if i in numbers else v for i, v in enumerate(value)]
        got = measured(moved)
        lost = [100 * (whole[m] - got[m]) for m in columns]
        lost += [sum(lost[:half]) / half, sum(lost[half:]) / half]
        lines.append('| %s | %s |' % (name, ' | '.join('%+.1f' % v
                                                       for v in lost)))
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('candidates')
    p.add_argument('data')
    p.add_argument('--without', default='', metavar='K/N')
    p.add_argument('--steps', type=int, default=1500)
    p.add_argument('--polish', action='store_true')
    p.add_argument('--only', choices=('talk', 'reviews'))
    p.add_argument('--write', metavar='FILE')
    p.add_argument('--ablate', metavar='FILE')
    a = p.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    sources = os.path.join(here, '..', '..', 'notmuch-digest', 'summarise')
    layout = Layout(os.path.join(sources, 'weights.h'))
    gold = annotated.Gold(a.data)
    with tempfile.TemporaryDirectory() as directory:
        mail = annotated.Mail(a.data, directory, gold)
        summaries = Summaries(a.candidates, mail, gold)
        inside, outside = split(summaries, a.without)
        keep = {annotated.SETS[name][0]: {summaries.names[name][i]
                                          for i in indices}
                for name, indices in inside.items()}
        value = layout.read(os.path.join(sources, 'weights.c'))

        def told(title):
            rows = summaries.rows(value)
            show(title, pick(rows, inside))
            if a.without:
                show(title + ', left out', pick(rows, outside))
        told('as it is')
        if a.ablate:
            ablate(a.ablate, layout, value, summaries)
            return
        if not a.polish:
            rows = read_sentences(a.candidates, mail, gold, keep)
            for table in TABLES_OF.get(a.only, range(len(TABLES))):
                w = regress([r for r in rows if r['table'] == table],
                            len(layout.features))
                for k, v in enumerate(w):
                    value[4 * k + table] = layout.rounded(4 * k, v)
            told('regression')
        rnd = random.Random(11)
        for goals in (a.only,) if a.only else ('talk', 'reviews'):
            climb = Climb(summaries, layout, goals, inside, rnd)
            if not a.polish:
                value = climb.run(value, a.steps, NEIGHBOURS, .15)
                told(goals + ', with neighbours')
            value = climb.run(value, a.steps, 0, .5)
            told(goals)
    if a.write:
        layout.write(a.write, value)
    else:
        for k, name in enumerate(layout.features):
            print('%-12s' % name, *('%6g' % v
                                    for v in value[4 * k:4 * k + 4]))
        for i in range(layout.spreads, layout.count):
            print('%-12s %g' % (layout.field(i), value[i]))


if __name__ == '__main__':
    main()
