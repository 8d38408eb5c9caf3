#!/usr/bin/env python3
"""Fit summarise/weights.c to what people chose (stdlib only).

usage: fit.py CANDIDATES DATA_DIR [--search] [--write FILE]
       fit.py CANDIDATES DATA_DIR --left-out DIR
       fit.py CANDIDATES DATA_DIR --ablate FILE

CANDIDATES is the built tests/quality/candidates.c; {list} in it is replaced by
the name of a list: a program that reads acts with weights that have not seen
it. DATA_DIR holds quality/ and corpus/. Reads the development data and nothing
else.

What a feature is worth is a ridge regression, one for each table of weights: of
whether a person has chosen a sentence (BC3: share of three people; the
annotated weeks: key sentences), or of whether it is in the extract that is
nearest to a person's abstract (ConvoSumm, the weeks).

Nothing is judged on what it was fitted to. There are FOLDS folds of BC3 and
ConvoSumm, each with every FOLDSth thread, and one fold a list; the summaries of
each are made with weights that were fitted without it. The means of those are
printed. --search chooses the prices and shares of struct nd_spread by them, one
number after another, as long as they get better; else they stay as they are. It
looks at weaker and stronger ridges, too, to find a plateau rather than a needle.

--write puts the weights that all data give into FILE. --left-out DIR writes
DIR/LIST/weights.c for each annotated list, of weights that have not seen it.
--ablate FILE gets what summaries lose when a feature is not there and the
others are fitted again, or when a price is 0.

Same data, same numbers.
"""
import argparse
import os
import re
import subprocess
import tempfile

import gold as annotated

FOLDS = 5
RIDGE, RIDGE_ONE = 4.0, 0.01
PLATEAU = (1.0, 4.0, 16.0)  # ridges that the spread is to be good with
# The regression's 0 to 1 becomes -2 to 2, the scale of struct nd_spread.
SCALE, SHIFT = 4.0, 2.0
TABLES = ('patch', 'review', 'talk', 'opening')  # enum nd_table
SHARE = {'bc3': 3.0, 'convosumm': 0.5}  # weight of one sentence
SHARE.update({name: 2.0 for name in annotated.LISTS})
# What is measured, and what difference is worth as much as one of another.
NOISE = {
    'talk': {
        'bc3_100 R1': .024, 'bc3_100 R2': .04, 'bc3_100 F': .06,
        'bc3_100 WR': .12, 'bc3_100 LC': .12, 'bc3_150 R1': .024,
        'bc3_150 R2': .04, 'bc3_150 F': .06, 'bc3_150 WR': .12,
        'bc3_150 LC': .12, 'convosumm R1': .006, 'convosumm R2': .007},
    'reviews': {},
}
for _list in annotated.LISTS:
    NOISE['talk' if _list == 'usrp' else 'reviews'].update({
        _list + ' key_r': .02, _list + ' R1': .01, _list + ' R2': .02})
PRICES = {'same_words': (0, .3, .6, .9, 1.2, 1.6),
          'same_root': (0, .1, .2, .3, .5), 'same_person': (0, .05, .1, .2),
          'orphan': (0, .2, .5, .8),
          'per_word': (0, .01, .02, .03, .04, .05, .06),
          'enough': (-9, -2.6, -2.3, -2, -1.8, -1.6, -1.4),
          'background_share': (.25, .33, .4, .5, .6, .7, .84),
          'earlier_share': (.1, .15, .2, .3, .4),
          'posting_share': (0, .1, .16, .25, .35)}
BETTER = .03  # of such differences: less is none


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
        self.spreads = len(TABLES) * len(self.features)
        self.count = self.spreads + 2 * len(self.fields)

    def place(self, of, field):
        """Of a field of the spread of talk, or of reviews."""
        return (self.spreads + (of == 'talk') * len(self.fields) +
                self.fields.index(field))

    def read(self, path):
        """The numbers that weights.c has now."""
        with open(path, encoding='utf-8') as f:
            text = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
        value, width = [0.0] * self.count, len(TABLES)
        number = r'-?\d+(?:\.\d*)?'
        for name, row in re.findall(r'\[ND_FEATURE_(\w+)\] = \{([^}"]*)\}',
                                    text):
            k = self.features.index(name)
            value[width * k:width * (k + 1)] = map(float,
                                                   re.findall(number, row))
        for of, part in zip(('reviews', 'talk'),
                            text.split('.of_reviews')[1].split('.of_talk')):
            for name, one in re.findall(r'\.(\w+) = (%s)' % number, part):
                value[self.place(of, name)] = float(one)
        return value

    def write(self, path, source, value):
        """To path what source is with these numbers."""
        with open(source, encoding='utf-8') as f:
            text = f.read()
        width = len(TABLES)
        for k, name in enumerate(self.features):
            row = ', '.join(literal(v)
                            for v in value[width * k:width * (k + 1)])
            text = re.sub(r'(\[ND_FEATURE_%s\] = \{)[^}"]*\}' % name,
                          lambda m, row=row: m.group(1) + row + '}', text)
        for of in ('reviews', 'talk'):
            lines = ''.join('\t\t\t.%s = %s,\n' % (
                name, literal(value[self.place(of, name)]))
                for name in self.fields)
            text, found = re.subn(
                r'(\.of_%s =\s*\{\n).*?(\s*\},\n)' % of,
                lambda m, lines=lines: m.group(1) + lines.rstrip('\n') +
                m.group(2), text, flags=re.S)
            if not found:
                raise SystemExit('no table of %s in %s' % (of, source))
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)


def literal(value):
    text = '%g' % round(value, 3)
    return text + ('f' if '.' in text else '.0f' if value else '')


# ---- what people chose ------------------------------------------------------

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


def read_sentences(tool, mail, gold, summaries):
    """All sentences of all threads, each with the fold it belongs to."""
    rows = []
    for archive, name in [('bc3', 'bc3_100'), ('convosumm', 'convosumm')] + [
            (name, name) for name in annotated.LISTS]:
        out = subprocess.run([tool_for(tool, name), 'features'] +
                             mail.arguments(name), check=True,
                             stdout=subprocess.PIPE)
        folds = dict(zip(summaries.names[name], summaries.folds[name]))
        here, again = [], []  # what another table weighs, too
        for line in out.stdout.decode().split('\n')[:-1]:
            f = line.split('\t')
            row = {'thread': f[0], 'id': f[1], 'table': int(f[2]),
                   'x': [float(v) for v in f[3:-1]],
                   'tok': gold.score.tokens(f[-1]),
                   'weight': SHARE[archive], 'fold': folds[f[0]]}
            if TABLES[row['table']] == 'opening':
                again.append((row, here[-1]))
            else:
                here.append(row)
        if archive == 'bc3':
            label_votes(here, gold)
        elif archive == 'convosumm':
            label_extract(here, {root: gold.score.tokens(t.refs[0])
                                 for root, t in gold.convosumm.items()}, 66)
        else:
            label_week(here, gold, getattr(gold, archive))
        for row, first in again:
            row['y'] = first['y']
        rows += here + [row for row, _ in again]
    return rows


# ---- regression -------------------------------------------------------------

def add_up(rows, size):
    """The normal equations of weighted least squares: (matrix, vector)."""
    matrix, vector = [[0.0] * size for _ in range(size)], [0.0] * size
    for r in rows:
        seen = [(i, v) for i, v in enumerate(r['x']) if v]
        for i, v in seen:
            weighted = r['weight'] * v
            vector[i] += weighted * r['y']
            for k, u in seen:
                matrix[i][k] += weighted * u
    return matrix, vector


def solve(matrix, vector):
    """Gaussian elimination; the ridge makes it safe without pivots."""
    rows = [row + [right] for row, right in zip(matrix, vector)]
    for c, pivot in enumerate(rows):
        for row in rows[c + 1:]:
            times = row[c] / pivot[c]
            if times:
                row[c:] = [a - times * b for a, b in zip(row[c:], pivot[c:])]
    out = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        known = sum(a * b for a, b in zip(rows[i][i + 1:], out[i + 1:]))
        out[i] = (rows[i][-1] - known) / rows[i][i]
    return out


class Regression:
    def __init__(self, rows, layout):
        self.layout = layout
        self.folds = sorted({r['fold'] for r in rows})
        self.sums = {(fold, table): add_up(
            [r for r in rows if r['fold'] == fold and r['table'] == table],
            len(layout.features))
            for fold in self.folds for table in range(len(TABLES))}

    def weights(self, without_fold=None, without_feature=None, ridge=RIDGE):
        """All numbers of the weights; the spreads are 0."""
        value = [0.0] * self.layout.count
        which = [k for k, name in enumerate(self.layout.features)
                 if name != without_feature]
        for table in range(len(TABLES)):
            sums = [self.sums[fold, table] for fold in self.folds
                    if fold != without_fold]
            matrix = [[sum(m[i][k] for m, _ in sums) for k in which]
                      for i in which]
            for at, i in enumerate(which):
                matrix[at][at] += ridge if i else RIDGE_ONE
            found = solve(matrix, [sum(v[i] for _, v in sums)
                                   for i in which])
            for i, worth in zip(which, found):
                value[len(TABLES) * i + table] = round(
                    SCALE * worth - SHIFT * (i == 0), 2)
        return value


# ---- summaries --------------------------------------------------------------

class Summaries:
    """The summaries that weights would make, measured."""

    def __init__(self, tool, mail, gold):
        self.gold, self.names, self.tool, self.known = gold, {}, {}, {}
        self.folds = {}
        for name in annotated.SETS:
            self.names[name] = mail.names(name)
            self.folds[name] = [
                name if name in annotated.LISTS else str(i % FOLDS)
                for i in range(len(self.names[name]))]
            self.tool[name] = subprocess.Popen(
                [tool_for(tool, name), 'tune'] + mail.arguments(name),
                text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def rows(self, value, names):
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

    def left_out(self, weights, spread, names=annotated.SETS):
        """The measures when each fold has the weights that have not seen it.

        weights: fold -> numbers; spread: the last of them, of all folds
        """
        rows = {name: [None] * len(self.names[name]) for name in names}
        for fold, value in weights.items():
            sets = [name for name in names if fold in self.folds[name]]
            value = value[:len(value) - len(spread)] + spread
            for name, of_set in self.rows(value, sets).items():
                for i, row in enumerate(of_set):
                    if self.folds[name][i] == fold:
                        rows[name][i] = row
        return annotated.totals(rows)


def merit(measures, of):
    return sum(measures[name] / noise for name, noise in NOISE[of].items())


def search(summaries, layout, regression, spread):
    """The spread by which summaries of what was left out are best."""
    plateau = [{fold: regression.weights(fold, ridge=ridge)
                for fold in regression.folds} for ridge in PLATEAU]

    for of in NOISE:
        names = sorted({measure.split()[0] for measure in NOISE[of]})

        def judged(spread, of=of, names=names):
            return annotated.average(
                merit(summaries.left_out(weights, spread, names), of)
                for weights in plateau)
        best, before = judged(spread), None
        while before != best:
            before = best
            for field, choices in PRICES.items():
                at = layout.place(of, field) - layout.spreads
                for one in choices:
                    moved = spread[:at] + [one] + spread[at + 1:]
                    worth = judged(moved)
                    if worth > best + BETTER:
                        best, spread = worth, moved
                        print('%s: %s %g: %.2f' % (of, field, one, best),
                              flush=True)
    return spread


def show(measures):
    for name in annotated.SETS:
        print('%-10s' % name, ', '.join(
            '%s %.*f' % (measure.split()[1], 1 if 'words' in measure else 3,
                         value)
            for measure, value in measures.items()
            if measure.split()[0] == name), flush=True)


# ---- what each is worth -----------------------------------------------------

WORTH = {'BC3 R1': ('bc3_100 R1', 'bc3_150 R1'),
         'BC3 F': ('bc3_100 F', 'bc3_150 F'),
         'ConvoSumm R1': ('convosumm R1',),
         'usrp key_r': ('usrp key_r',), 'usrp R1': ('usrp R1',),
         'reviews key_r': tuple(name + ' key_r' for name in annotated.LISTS
                                if name != 'usrp'),
         'reviews R1': tuple(name + ' R1' for name in annotated.LISTS
                             if name != 'usrp')}


def ablate(path, layout, regression, summaries, spread):
    """What the measures lose without a feature, or a price."""
    def means(weights, spread):
        got = summaries.left_out(weights, spread)
        return [100 * annotated.average(got[m] for m in measures)
                for measures in WORTH.values()]

    def all_folds(feature=None):
        return {fold: regression.weights(fold, feature)
                for fold in regression.folds}
    weights = all_folds()
    whole = means(weights, spread)
    lines = ['# What each weight is worth', '',
             'Points (of 100) that summaries lose without it, those of each '
             'list, and of each fifth', 'of BC3 and ConvoSumm, by weights '
             'that have not seen it. Without a feature the others',
             'are fitted again; without a price all else stays. Written by '
             '`make ablation`; what', 'the names mean stands in '
             '`summarise/weights.h`. A list has 18 threads (kvmarm 36) and',
             'some 110 key sentences (246): one is 0.2 points of the key '
             'sentences of reviews, and', 'half a point is noise in any '
             'column but that of ConvoSumm.', '',
             '| without | %s |' % ' | '.join(WORTH), '|---' *
             (1 + len(WORTH)) + '|',
             '| nothing: points | %s |' % ' | '.join('%.1f' % v
                                                     for v in whole)]

    def add(name, got):
        lines.append('| %s | %s |' % (name, ' | '.join(
            '%+.1f' % (a - b) for a, b in zip(whole, got))))
    for name in layout.features[1:]:
        add(name.lower(), means(all_folds(name), spread))
    for k, name in enumerate(layout.fields):
        if name.endswith('share') or name == 'enough':
            continue
        moved = list(spread)
        moved[k] = moved[k + len(layout.fields)] = 0.0
        add(name, means(weights, moved))
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')


def left_out(candidates, data, directory):
    """What weights.c and its features do on threads that were left out."""
    fitted = Fit(candidates, data, directory)
    return fitted.summaries.left_out(fitted.weights, fitted.spread)


class Fit:
    """The data, and the weights that each fold gets."""

    def __init__(self, candidates, data, directory):
        here = os.path.dirname(os.path.abspath(__file__))
        sources = os.path.join(here, '..', '..', 'notmuch-digest', 'summarise')
        self.source = os.path.join(sources, 'weights.c')
        self.layout = Layout(os.path.join(sources, 'weights.h'))
        gold = annotated.Gold(data)
        mail = annotated.Mail(data, directory, gold)
        self.summaries = Summaries(candidates, mail, gold)
        self.regression = Regression(
            read_sentences(candidates, mail, gold, self.summaries),
            self.layout)
        self.weights = {fold: self.regression.weights(fold)
                        for fold in self.regression.folds}
        self.spread = self.layout.read(self.source)[self.layout.spreads:]

    def write(self, path, weights):
        self.layout.write(path, self.source,
                          weights[:self.layout.spreads] + self.spread)


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('candidates')
    p.add_argument('data')
    p.add_argument('--search', action='store_true')
    p.add_argument('--write', metavar='FILE')
    p.add_argument('--left-out', metavar='DIR')
    p.add_argument('--ablate', metavar='FILE')
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        fit = Fit(a.candidates, a.data, directory)
        if a.search:
            fit.spread = search(fit.summaries, fit.layout, fit.regression,
                                fit.spread)
        show(fit.summaries.left_out(fit.weights, fit.spread))
        if a.write:
            fit.write(a.write, fit.regression.weights())
        if a.left_out:
            for name, known_as in annotated.LISTS.items():
                os.makedirs(os.path.join(a.left_out, known_as), exist_ok=True)
                fit.write(os.path.join(a.left_out, known_as, 'weights.c'),
                          fit.weights[name])
        if a.ablate:
            ablate(a.ablate, fit.layout, fit.regression, fit.summaries,
                   fit.spread)


if __name__ == '__main__':
    main()
