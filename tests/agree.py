#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does a format of a report say the same as the JSON of the same report?

    agree.py FORMAT REPORT.json FILE

Reads FILE, in English, one entry a thread, back into what it says: totals, rows of
categories and of lists, what has happened since the last report, the front page,
and of each thread numbers, state, list and whether it is stalled. Each reader says what its format does not have; nothing else may be
missing. Prints what differs; a format is a row of FORMATS.
"""
import email
import email.policy
import hashlib
import html.parser
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ET

HEADINGS = {
    'needs_you': 'Needs you', 'waits_for_others': 'You wait for',
    'closed': 'Closed', 'broke': 'Broke', 'overdue': 'Overdue',
    'unanswered': 'New and unanswered', 'deadlines': 'Deadlines'}
SINCE = {'closed': 'Closed', 'moved': 'Moved', 'new': 'New threads'}
SINCE_WHEN = re.compile('Since the last report, |No report of this query has been ')
QUIET = 'Still open from before'  # of threads without new mail; not when none
LABELS = {'patch': 'PATCH', 'rfc': 'RFC', 'pull': 'GIT PULL', 'other': 'Other'}
PARTLY = r'\d+ (of \d+|patches) '
STATES = {  # as the line of facts words them, behind the kind of the thread
    'new': 'no answer yet', 'under-review': 'under review',
    'changes-requested': 'changes requested', 'reviewed': 'reviewed',
    'applied': f'({PARTLY})?applied', 'pulled': f'({PARTLY}applied|pulled)',
    'merged': f'({PARTLY})?(merged|applied)', 'merged-stable': 'added',
    'superseded': '(superseded|posted anew)',
    'withdrawn': 'withdrawn', 'rejected': 'rejected',
    'answered': 'answered', 'open': 'open'}
TOTALS = re.compile(r'(\d+) mails? in (\d+) threads?(?: \(.*?\))?, '
                    r'(\d+) participants?(?:; (\d+) large)?')
COUNTS = re.compile(r'(?:(\d+) new mails? of (\d+)|(\d+) mails?), '
                    r'(\d+) participants?')
LISTED = re.compile('(%s): (\\d+|none)$' % '|'.join(
    [*HEADINGS.values(), *SINCE.values(), QUIET]))
ROW = re.compile(r'(.+?):? +(\d+) threads?, (\d+) mails?$')
MORE = re.compile(r'and (\d+) more$')


def tight(text):
    """The text without what formats do to blanks and marks."""
    return re.sub(r'[\\\s]', '', text)


def name_of(url):
    """The Message-ID in a mid: URL; of an archive, the URL itself."""
    return urllib.parse.unquote(url[4:]) if url.startswith('mid:') else url


# ---- what lines say ---------------------------------------------------------

def read_front(lines):
    """Of each list how many it has, and the lines that are printed."""
    front, current = {}, None
    for line in lines:
        head = LISTED.match(line)
        if head:
            count = 0 if head[2] == 'none' else int(head[2])
            current = front[head[1]] = {'count': count, 'lines': [], 'more': 0}
        elif current and MORE.match(line):
            current['more'] = int(MORE.match(line)[1])
        elif current and len(current['lines']) < (
                current['count'] - current['more']):
            current['lines'].append(line)
    return front


def read_since(lines):
    """The lists of what has happened since the last report; None: not told."""
    begin = next((i for i, x in enumerate(lines) if SINCE_WHEN.match(x)), None)
    if begin is None:
        return None
    end = next((i for i, x in enumerate(lines) if i > begin and (
        ROW.match(x) or TOTALS.match(x) or
        x.startswith(HEADINGS['needs_you']))), len(lines))
    return read_front(lines[begin + 1:end])


def read_rows(lines):
    """Rows of categories or lists, in their order."""
    rows = (ROW.match(line) for line in lines)
    return [(r[1], int(r[2]), int(r[3])) for r in rows if r]


def read_totals(lines):
    totals = TOTALS.search(' '.join(lines))
    return {'messages': int(totals[1]), 'threads': int(totals[2]),
            'participants': int(totals[3]), 'large': int(totals[4] or 0)}


def read_section(lines):
    """What stands above the threads of a list."""
    if not any(TOTALS.match(line) for line in lines):
        return {'messages': 0, 'threads': 0, 'participants': 0, 'large': 0,
                'rows': []}
    return read_totals(lines) | {'rows': read_rows(lines)}


def read_head(lines):
    """Totals, rows and front page of lines that are not wrapped."""
    begin = next((i for i, x in enumerate(lines)
                  if x.startswith(HEADINGS['needs_you'])), 0)
    return read_totals(lines) | {
        'rows': read_rows(lines), 'since': read_since(lines),
        'front': read_front(lines[begin:])}


def read_facts(facts):
    """One thread of its line of facts with that of its numbers."""
    counts = COUNTS.search(facts)
    status = facts[:counts.start()].strip()
    status = re.sub(r' for you: .*', '', status)
    return {
        'new': int(counts[1] or counts[3]), 'total': int(counts[2] or counts[3]),
        'participants': int(counts[4]), 'state': status.split(' · ')[1],
        'stalled': re.search(r' · stalled( \[|$)', status) is not None}


# ---- formats ----------------------------------------------------------------

def read_text(data):
    """As on a terminal; wrapped lines are joined where their indent tells."""
    page, *entries = re.split(r'^(?=\d+\. )', data, flags=re.M)
    page = re.split(r'^\S+ mailing list report\n=', page, flags=re.M)[0]
    page, quiet, rest = page.partition(QUIET)
    page = re.sub(r'\n {6}(?! |and \d+ more$)(?=.)', ' ', page, flags=re.M)
    page += quiet + rest
    heads = re.findall(r'^(\S+) mailing list report\n=+\n(.*?)\n\n', data + '\n',
                       re.M | re.S)
    lines = [re.sub(r'^\s*(\d+\. |- )?', '', line) for line in page.splitlines()]
    threads = {}
    for entry in entries:
        facts = ' '.join(entry.split('\n\n')[0].split())
        links = re.findall(r' (mid:\S+|https?://\S+)', facts)
        link = next((x for x in links if x.startswith('mid:')), links[0])
        threads[name_of(link)] = read_facts(facts[facts.rindex(link):]
                                            .split(' ', 1)[1])
    return read_head(lines) | {'by': threads, 'sections': {
        name: read_section([x.strip() for x in head.splitlines()])
        for name, head in heads}}


def read_markdown(data):
    """In CommonMark, with one line a fact."""
    def number(pattern, text, default=None):
        found = re.search(pattern, text, re.M)
        return int(found[1]) if found else default

    def pair(pattern, text):  # "7", or "7 (18 in all)"
        found = re.search(pattern + r': (\d+)(?: \((\d+) in all\))?', text)
        return int(found[1]), int(found[2] or found[1])

    def rows(text):
        return [(m[1], int(m[2]), int(m[3])) for m in re.finditer(
            r'^- \*\*(.*?)\*\*: (\d+) threads? \((\d+) mails?\)$', text, re.M)]

    def totals(text):
        return {'messages': number(r'^- \*\*Mails\*\*: (\d+)', text, 0),
                'threads': number(r'^- \*\*Threads\*\*: (\d+)', text, 0),
                'large': number(r'^- \*\*Large threads\*\* .*: (\d+)', text, 0),
                'participants': None}

    heads = re.findall(r'\n# (\S+) mailing list report$(.*?)(?=\n---$|\n# |\Z)',
                       data, re.M | re.S)
    page, *entries = re.split(r'^### Thread \d+: ', data, flags=re.M)
    head = re.split(r'\n# \S+ mailing list report$', page, flags=re.M)[0]
    lines = [line.replace('**', '').lstrip(' -#') for line in head.splitlines()]
    threads = {}
    for entry in entries:
        facts = entry.split('\n#### ')[0]
        link = re.search(r'^\*\*Link\*\*: <(.*)>$', facts, re.M)[1]
        status = re.search(r'^\*\*Status\*\*: (.*)$', facts, re.M)[1]
        new, total = pair(r'📧 Mails\*\*', facts)
        threads[name_of(link)] = {
            'new': new, 'total': total,
            'participants': pair(r'👥 Participants\*\*', facts)[1],
            'state': status.split(' · ')[1],
            'stalled': status.endswith(' · stalled')}
    return totals(head) | {
        'rows': rows(head), 'since': read_since(lines),
        'front': read_front(lines[lines.index('Front page'):]),
        'sections': {name: totals(part) | {'rows': rows(part)}
                     for name, part in heads},
        'by': threads}


class Page(html.parser.HTMLParser):
    """HTML as lines, one a block, in parts: the page, then each article; and
    what stands above the threads of a list."""
    BLOCKS = {'p', 'li', 'h1', 'h2', 'h3', 'h4', 'tr', 'div', 'section',
              'article', 'summary', 'ul', 'ol', 'dt', 'dd', 'caption', 'td',
              'th', 'header', 'footer'}

    def __init__(self, data):
        super().__init__()
        self.parts, self.links, self.heads = [['']], [[]], []
        self.part = self.parts[0]
        self.feed(data)
        self.parts, self.heads = (
            [[' '.join(line.split()) for line in part if line.strip()]
             for part in parts] for parts in (self.parts, self.heads))

    def handle_starttag(self, tag, attrs):
        if tag == 'section' and ('class', 'list') in attrs:
            self.heads.append([''])
            self.part = self.heads[-1]
        if tag == 'article':
            self.parts.append([''])
            self.part = self.parts[-1]
            self.links.append([])
        if tag in self.BLOCKS:
            self.part.append('')
        href = dict(attrs).get('href') or ''
        if tag == 'a' and not href.startswith('#'):
            self.links[-1].append(href)

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.part.append('')

    def handle_data(self, data):
        self.part[-1] += data


def read_entry(lines):
    """A thread of the lines of its entry, up to that of its numbers."""
    facts = next(i for i, line in enumerate(lines) if COUNTS.match(line))
    status = next(line for line in lines[:facts]
                  if ' · ' in line and not line.startswith(
                      tuple(f'{h}: ' for h in HEADINGS.values())))
    return read_facts(f'{status} {lines[facts]}')


def read_html(data):
    page = Page(data)
    return read_head(page.parts[0]) | {
        'sections': {head[0].split()[0]: read_section(head[1:])
                     for head in page.heads},
        'by': {name_of(links[0]): read_entry(lines[1:])
               for lines, links in zip(page.parts[1:], page.links[1:])}}


def read_atom(data):
    """The first entry is the front page; ids have hashes of roots."""
    atom = {'a': 'http://www.w3.org/2005/Atom'}
    feed = ET.fromstring(data)
    entries = feed.findall('a:entry', atom)
    threads, head = {}, None
    for entry in entries:
        lines = Page(ET.tostring(entry.find('a:content', atom), 'unicode')
                     .replace('ns0:', '').replace('html:', '')).parts[0]
        kind, name = entry.findtext('a:id', None, atom).split(':')[2].split('/')
        if kind == 'front':
            head = read_head(lines)
            continue
        threads[name] = read_entry(lines)
        terms = {c.get('scheme').rsplit(':', 1)[1]: c.get('term')
                 for c in entry.findall('a:category', atom)}
        threads[name] |= {'category': terms['category'], 'name': terms['state'],
                          'front': terms.get('front'),
                          'list': terms.get('list'),
                          'flagged': 'stalled' in terms}
    return head | {'by': threads}


def read_mbox(data):
    """Digests: what their headers say. There is no front page."""
    threads = {}
    for mail in re.split(r'^From .*\n', data, flags=re.M)[1:]:
        mail = email.message_from_string(mail, policy=email.policy.default)
        tags = mail['X-Notmuch-Digest-Tags'].split()
        state = [t.split('/')[2] for t in tags if t.startswith('digest/state/')]
        covers = int(re.search(r'covers=(\d+)', mail['X-Notmuch-Digest'])[1])
        text = ' '.join(mail.get_content().replace(' \n', ' ').split())
        people = re.search(r'\d+ mails? of (\d+) participants?, ', text)
        threads[mail['In-Reply-To'].strip('<>')] = {
            'total': covers, 'name': state[0], 'category': tags[1].split('/')[1],
            'flagged': 'digest/stalled' in tags, 'participants': int(people[1]),
            'state': text[:people.start()].split(' · ')[1]}
    return {'by': threads}


def part_of(data, kind):
    mail = email.message_from_string(data, policy=email.policy.default)
    return mail.get_body((kind,)).get_content()


def read_mail(data):
    return read_html(part_of(data, 'html'))


def read_mail_text(data):
    """Format=flowed: space-stuffed, and wrapped lines end in a blank."""
    text = re.sub(r'^ (?=[ >]|From )', '', part_of(data, 'plain'), flags=re.M)
    return read_text(re.sub(r' +$', '', text, flags=re.M))


FORMATS = {
    # name: reader, what it does not have, of the report and of a thread
    'markdown': (read_markdown, {'participants', 'categories'}, set()),
    'text': (read_text, {'categories'}, set()),
    'html': (read_html, set(), set()),
    'mail': (read_mail, set(), set()),
    'mail-text': (read_mail_text, {'categories'}, set()),
    'atom': (read_atom, {'sections'}, set()),
    'mbox': (read_mbox, {'messages', 'threads', 'large', 'participants',
                         'rows', 'sections', 'since', 'front'},
             {'new', 'stalled'}),
}


# ---- beside the JSON --------------------------------------------------------

def quiet_differs(said, report):
    """One line a thread, of which the first are printed."""
    told = {thread['root_id'] for thread in report['threads']}
    quiet = {row['root_id'] for row in report['front']['open']
             if row['list'] != 'carried'} - told
    got = said.get(QUIET, {'count': 0})['count']
    if got != len(quiet):
        yield f'{QUIET}: {got}, not {len(quiet)}'


def lists_differ(said, front, headings):
    for key, heading in headings.items():
        got = said.get(heading)
        if got is None:
            yield f'no list {heading}'
            continue
        want = front[key]
        if got['count'] != len(want):
            yield f'{heading}: {got["count"]}, not {len(want)}'
        if got['more'] + len(got['lines']) != len(want):
            yield f'{heading}: {len(got["lines"])} lines of {len(want)}'
        for line, row in zip(got['lines'], want):
            if not tight(line).startswith(tight(row['text'])):
                yield f'{heading}: {line!r}, not {row["text"]!r}'


def thread_differs(said, thread, front, missing):
    counts = thread['counts']
    want = {'new': counts['new'], 'total': counts['total'],
            'participants': counts['participants'],
            'stalled': thread['stalled']}
    for key, value in want.items():
        if key not in missing and said[key] != value:
            yield f'{key} {said[key]}, not {value}'
    if not re.match(STATES[thread['state']], said['state']):
        yield f'{said["state"]!r} is not {thread["state"]}'
    # What only formats for programs have.
    for key, value in (('name', thread['state']),
                       ('category', thread['category']),
                       ('list', thread['list']),
                       ('front', front),
                       ('flagged', thread['stalled'])):
        if said.get(key, value) != value:
            yield f'{key} {said[key]}, not {value}'


def category_rows(rows):
    return [(LABELS.get(c['name'], c['name']), c['threads'], c['messages'])
            for c in rows if c['threads']]


def wanted_rows(report, missing):
    """Where lists have sections, some formats have categories in those only."""
    lists = [(one['name'].upper(), one['totals']['threads'],
              one['totals']['messages']) for one in report['lists']]
    if len(lists) < 2:
        return category_rows(report['categories'])
    if 'categories' in missing:
        return lists
    return category_rows(report['categories']) + lists


def totals_differ(said, totals, rows, missing):
    want = {'messages': totals['messages'], 'threads': totals['threads'],
            'large': totals['large_threads'],
            'participants': totals['participants'], 'rows': rows}
    for key, value in want.items():
        if key not in missing and said[key] != value:
            yield f'{key}: {said[key]}, not {value}'


def sections_differ(said, lists, missing):
    want = {one['name'].upper(): one for one in lists if len(lists) > 1}
    if list(said) != list(want):
        yield f'sections: {list(said)}, not {list(want)}'
        return
    for name, one in want.items():
        for what in totals_differ(said[name], one['totals'],
                                  category_rows(one['categories']), missing):
            yield f'{name}: {what}'


def since_differs(said, since):
    if since is None or said is None:
        if said != since:
            yield f'since the last report: {said}, not {since}'
        return
    yield from lists_differ(said, since, SINCE)


def differs(report, said, missing, missing_of_thread):
    yield from totals_differ(said, report['totals'],
                             wanted_rows(report, missing), missing)
    if 'sections' not in missing:
        yield from sections_differ(said['sections'], report['lists'], missing)
    if 'since' not in missing:
        yield from since_differs(said['since'], report.get('since_last'))
    # With --limit, of what has no entry lines tell more.
    limited = len(report['threads']) < report['totals']['threads']
    if 'front' not in missing and not limited:
        yield from lists_differ(said['front'], report['front'], HEADINGS)
        yield from quiet_differs(said['front'], report)
    # Encrypted threads have no digest.
    threads = {t['root_id']: t for t in report['threads']
               if 'new' not in missing_of_thread or not t.get('encrypted')}
    by = said['by']
    names = {}  # by its id, its URL in an archive, or the id's hash
    for root, thread in threads.items():
        hashed = hashlib.sha256(root.encode()).hexdigest()[:40]
        names[root] = next((name for name in (root, thread['link'], hashed)
                            if name in by), root)
    fronts = {row['root_id']: key for key in HEADINGS
              for row in report['front'][key]}
    for name in set(by) - set(names.values()):
        yield f'a thread too many: {name}'
    for root, thread in threads.items():
        if names[root] not in by:
            yield f'{root} is missing'
            continue
        for what in thread_differs(by[names[root]], thread, fronts.get(root),
                                   missing_of_thread):
            yield f'{root}: {what}'


def main(name, report_path, path):
    if name not in FORMATS:
        print(f'{name} has no reader in agree.py')
        return 1
    reader, missing, missing_of_thread = FORMATS[name]
    with open(report_path, encoding='utf-8') as file:
        report = json.load(file)
    with open(path, encoding='utf-8') as file:
        said = reader(file.read())
    wrong = list(differs(report, said, missing, missing_of_thread))
    for line in wrong:
        print(line)
    print(f'{len(said["by"])} threads of {len(report["threads"])}, '
          f'{len(wrong)} differences')
    return 1 if wrong or not said['by'] else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
