#!/usr/bin/env python3
"""Fit the weights of summarise/score.c to what people chose (stdlib only).

usage: fit.py DATA_DIR FEATURES_BC3 FEATURES_CONVOSUMM FEATURES_GOLD [--folds N]

DATA_DIR holds threads/gold-bc3.json, threads/gold-convosumm.json and
gold/dev/*.json; FEATURES_* is the output of `candidates features` on the same
threads. Prints the table of weights, and how well a model that was fitted to
the other threads ranks the sentences of a thread (share of pairs in order).
"""
import argparse
import glob
import json
import math
import os
import random
import re
import subprocess

TOKEN = re.compile(r'[a-z0-9]+')
EPOCHS, RATE, DECAY = 120, 0.15, 0.002
PARTS = '0123'  # enum nd_table: patch, review, opening, reply
SHARE = {'bc3': 3.0, 'convosumm': 0.5, 'gold': 2.0}  # weight of one sentence


def tokens(text):
    return TOKEN.findall((text or '').lower())


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


def votes_of_bc3(path):
    """Message-ID -> [(tokens, share of the annotators who chose it)]"""
    by = {}
    for t in json.load(open(path, encoding='utf-8'))['threads']:
        for m in t['messages']:
            by[m['message_id']] = [(tokens(s['text']), s['votes'] / 3)
                                   for s in m['sentences']
                                   if not s['quote_depth']]
    return by


def label_bc3(rows, path):
    by = votes_of_bc3(path)
    for r in rows:
        best = 0.0
        for words, votes in by.get(r['id'], []):
            if max(overlap(r['tok'], words), overlap(words, r['tok'])) > 0.7 \
                    and min(len(words), len(r['tok'])) >= 2:
                best = max(best, votes)
        r['y'] = best


def label_oracle(rows, refs, words_max):
    """The sentences that raise ROUGE-1 + ROUGE-2 of an extract most: 1."""
    for thread, group in by_thread(rows).items():
        ref = refs.get(thread)
        for r in group:
            r['y'] = 0.0
        if not ref:
            continue
        grams = count_grams(ref)
        chosen, size = {}, 0
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


def count_grams(words):
    grams = {}
    for n in (1, 2):
        for i in range(len(words) - n + 1):
            g = tuple(words[i:i + n])
            grams[g] = grams.get(g, 0) + 1
    return grams


def label_gold(rows, pattern):
    refs, keys = {}, {}
    for path in glob.glob(pattern):
        g = json.load(open(path, encoding='utf-8'))
        refs[g['root_id']] = tokens(' '.join(g['summary'].values()))
        for k in g['key_sentences']:
            keys.setdefault(k['id'], []).append(tokens(k['sentence']))
    label_oracle(rows, refs, 100)
    for r in rows:
        r['y'] *= 0.5
        for k in keys.get(r['id'], []):
            if overlap(k, r['tok']) >= 0.6 and len(r['tok']) < 3 * len(k):
                r['y'] = 1.0


def by_thread(rows):
    groups = {}
    for r in rows:
        groups.setdefault(r['thread'], []).append(r)
    return groups


def read_features(path, data):
    rows = []
    for line in open(path, encoding='utf-8'):
        f = line.rstrip('\n').split('\t')
        rows.append({'data': data, 'thread': f[0], 'id': f[1],
                     'part': f[2], 'x': [float(v) for v in f[3:-1]],
                     'tok': tokens(f[-1]), 'text': f[-1]})
    return rows


def fit(rows, size, decay=DECAY):
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
                    w[k] += step * v - rate * decay * w[k]
    return w


def pairs_in_order(rows, w):
    good = total = 0
    for group in by_thread(rows).values():
        scored = [(sum(a * b for a, b in zip(w, r['x'])), r['y'])
                  for r in group]
        for i, (s, y) in enumerate(scored):
            for t, z in scored[:i]:
                if y != z:
                    total += 1
                    good += (s > t) == (y > z)
    return good / total if total else 0.0


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('data')
    p.add_argument('features', nargs=3)
    p.add_argument('--folds', type=int, default=0)
    p.add_argument('--decay', type=float, default=DECAY)
    p.add_argument('--without', default='', metavar='K/N',
                   help='fit the table without every Nth thread from K')
    a = p.parse_args()
    threads = os.path.join(a.data, 'threads')
    bc3, convosumm, gold = (read_features(f, d) for f, d in
                            zip(a.features, ('bc3', 'convosumm', 'gold')))
    label_bc3(bc3, os.path.join(threads, 'gold-bc3.json'))
    refs = {t['root_message_id']: tokens(t['summaries'][0]['text'])
            for t in json.load(open(os.path.join(
                threads, 'gold-convosumm.json')))['threads']}
    label_oracle(convosumm, refs, 66)
    label_gold(gold, os.path.join(a.data, 'gold', 'dev', '*.json'))
    table = {}
    for part in PARTS:
        rows = [r for r in bc3 + convosumm + gold if r['part'] == part]
        for r in rows:
            r['weight'] = SHARE[r['data']]
        size = len(rows[0]['x'])
        names = sorted(by_thread(rows))
        for fold in range(a.folds):
            held = set(names[fold::a.folds])
            w = fit([r for r in rows if r['thread'] not in held], size,
                    a.decay)
            for d in SHARE:
                test = [r for r in rows
                        if r['thread'] in held and r['data'] == d]
                print('%s fold %d %-10s %.3f' %
                      (part, fold, d, pairs_in_order(test, w)))
        if a.without:
            k, n = map(int, a.without.split('/'))
            out = set(names[k::n])
            rows = [r for r in rows if r['thread'] not in out]
        table[part] = fit(rows, size, a.decay)
        for d in SHARE:
            print('%s %-10s %.3f' % (part, d, pairs_in_order(
                [r for r in rows if r['data'] == d], table[part])))
    for k in range(len(table['0'])):
        print('%2d' % k + ''.join(' %6.2f' % table[p][k] for p in PARTS))


if __name__ == '__main__':
    main()
