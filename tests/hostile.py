#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has hostile mail got into the outputs?

    hostile.py CORPUS OUTPUTS GOLDEN

CORPUS is tests/corpora/hostile, its expect.tsv says of each mail what must and
must not be where; OUTPUTS has a file for each command and format, named
COMMAND.FORMAT, and the digests in digests/. Besides, nothing in any of them may
be a command to a terminal, and no format may hold more kinds of things (elements,
attributes, headers, links) than the same of a harmless mailbox, GOLDEN. Prints
what is wrong.
"""
import email
import email.policy
import html.parser
import json
import os
import re
import sys
import unicodedata
import urllib.parse
import xml.etree.ElementTree as ET

import mbox

WRONG = []
BLANK = {0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2028, 0x2029, 0x2800, 0x3164,
         0xffa0}
REPORT_MAIL = {'From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version',
               'Auto-Submitted', 'Content-Type', 'X-Notmuch-Digest',
               'X-Notmuch-Digest-Tags', 'Content-Transfer-Encoding'}
OURS = '\u26a0\ufe0f'  # stands in a heading of markdown
TAGS = re.compile(r'digest(/(fresh|summarized|stale|failed|large|me|stalled|'
                  r'report|pull|rfc|patch|other|state/[a-z-]+))?')


def wrong(where, what):
    WRONG.append(f'{where}: {what}')


def is_unsafe(char):
    code = ord(char)
    return (unicodedata.category(char) in ('Cc', 'Cf', 'Co', 'Cs') and
            char not in '\n\t' or code in BLANK or
            0xfe00 <= code <= 0xfe0f or 0xe0000 <= code <= 0xe0fff)


def check_text(where, text):
    """No character that shows nothing, or makes a terminal do something."""
    text = text.replace(OURS, '')
    for at, char in enumerate(text):
        if is_unsafe(char):
            wrong(where, f'U+{ord(char):04X} in {text[max(0, at - 30):at]!r}')
            return


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.items() if isinstance(value, dict) else value:
            yield from strings(list(part) if isinstance(part, tuple) else part)


def read_json(text):
    """One value, or as `show` prints them, one a line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]


def read_prompts(text):
    """The messages of each request, as the model gets them."""
    lines = []
    for line in text.splitlines():
        lines += strings(json.loads(line)) if line.startswith('{') else [line]
    return '\n'.join(lines)


class Page(html.parser.HTMLParser):
    """The kinds of things in a page: (element, attribute), and its links."""

    def __init__(self, text):
        super().__init__()
        self.kinds, self.links, self.scripts = set(), [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == 'script'
        self.kinds.add((tag, None))
        self.kinds |= {(tag, name) for name, _ in attrs}
        self.links += [value for name, value in attrs if name == 'href']

    def handle_decl(self, decl):
        self.kinds.add(('!', decl))

    def handle_pi(self, data):
        self.kinds.add(('?', data))

    def handle_comment(self, data):
        self.kinds.add(('!--', data))


def check_links(where, links):
    for link in links:
        if not re.fullmatch(r"(mid:|https?://|#)[!#-;=?-~]+", link):
            wrong(where, f'a link to {link[:80]!r}')


def check_page(where, text, golden):
    page, harmless = Page(text), Page(golden)
    for kind in sorted(page.kinds - harmless.kinds - {('main', 'id')}, key=str):
        wrong(where, f'not in a harmless page: {kind}')
    if page.scripts > harmless.scripts:
        wrong(where, f'{page.scripts} scripts')
    check_links(where, page.links)


def kinds_of_xml(text):
    kinds, links = set(), []
    for node in ET.fromstring(text).iter():
        kinds |= {(node.tag, name) for name in [None, *node.attrib]}
        links += [node.attrib['href']] if 'href' in node.attrib else []
    return kinds, links


def check_feed(where, text, golden):
    kinds, links = kinds_of_xml(text)
    for kind in sorted(kinds - kinds_of_xml(golden)[0], key=str):
        wrong(where, f'not in a harmless feed: {kind}')
    check_links(where, [l for l in links if not l.startswith('urn:')])


def check_markdown(where, text):
    plain = re.sub(r'\\.', '', text)
    for link in re.findall(r'\]\(<?([^)]*)\)', plain):
        check_links(where, [link.rstrip('>')])
        if not link.lstrip('<').startswith(('mid:', '#')):
            wrong(where, f'a link that a mail made: {link[:80]!r}')
    # <mid:…> and <eve@example.org> are links that show where they lead.
    html = re.search(r'.{0,30}<(?!mid:|https?:|[\w.+-]+@[\w.-]+>)[a-z/!?].{0,30}',
                     plain)
    if html:
        wrong(where, f'HTML: {html[0]!r}')


def decoded(mail):
    """The headers and texts of a mail, as its reader sees them."""
    parts = [f'{name}: {value}' for name, value in mail.items()]
    for part in mail.walk():
        if part.get_content_maintype() == 'text':
            parts.append(part.get_content())
    return '\n'.join(parts)


def check_report_mail(where, data):
    mail = email.message_from_bytes(data, policy=mbox.POLICY)
    for name in set(mail.keys()) - REPORT_MAIL:
        wrong(where, f'header {name}')
    if len(mail.keys()) != len(set(mail.keys())):
        wrong(where, 'a header twice')
    return decoded(mail)


def check_digests(where, mails):
    texts = []
    for data in mails:
        for what in mbox.check(data):
            wrong(where, what)
        texts.append(decoded(email.message_from_bytes(data,
                                                      policy=mbox.POLICY)))
    return '\n'.join(texts)


def check_tags(where, text):
    for line in urllib.parse.unquote(text).splitlines():
        for tag in re.findall(r'\+(\S+)', line.split(' -- ')[0]):
            if tag.startswith('digest') and not TAGS.fullmatch(tag):
                wrong(where, f'tag {tag}')


def read_outputs(folder, golden):
    """name -> what is read there; each is checked for what it is."""
    outputs = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            continue
        with open(path, 'rb') as file:
            data = file.read()
        if not data:
            wrong(name, 'empty')
            continue
        text = data.decode('utf-8')
        if name.endswith('.json'):
            for one in strings(read_json(text)):
                check_text(name, one)
            outputs[name] = text
            continue
        if name.endswith('.html'):
            check_page(name, text, golden['html'])
        elif name.endswith('.atom'):
            check_feed(name, text, golden['atom'])
        elif name.endswith('.md'):
            check_markdown(name, text)
        elif name.endswith('.eml'):
            text = check_report_mail(name, data)
        elif name.endswith('.mbox'):
            text = check_digests(name, mbox.split(data))
        elif name == 'prompt':
            text = read_prompts(text)
        if name == 'tags': # ids as they are
            check_tags(name, text)
        else:
            check_text(name, text)
        outputs[name] = text
    digests = os.path.join(folder, 'digests')
    mails = []
    for name in sorted(os.listdir(digests)):
        with open(os.path.join(digests, name), 'rb') as file:
            mails.append(file.read())
    outputs['digest'] = check_digests('digest', mails)
    check_text('digest', outputs['digest'])
    return outputs


def message_id(path):
    """Its id as notmuch has it, None when notmuch makes one up."""
    with open(path, 'rb') as file:
        head = file.read().split(b'\n\n')[0].decode('utf-8', 'replace')
    found = re.search(r'^Message-ID: *<(.*)>$', head, re.M | re.I)
    return found and found[1]


def value_of(thread, field):
    value = thread.get(field)
    if isinstance(value, bool):
        return str(value).lower()
    return str(len(value) if isinstance(value, list) else value)


def expect(path, outputs, where, what, text, threads):
    """What is wrong with one line of the table, or None."""
    names = outputs if where == '*' else where.split(',')
    if what == 'is':
        field, want = text.split('=', 1)
        mid = message_id(path)
        if mid not in threads:
            return 'its thread is missing'
        got = value_of(threads[mid], field)
        return None if got == want else f'{field} is {got}, not {want}'
    if what == 'must':
        missing = [n for n in names if text not in outputs[n]]
        return f'{text!r} is missing in {missing}' if missing else None
    if what == 'never':
        found = [n for n in names if text in outputs[n]]
        return f'{text!r} is in {found}' if found else None
    lines = outputs[where].splitlines()
    if what == 'fenced':
        bad = [l for l in lines if text in l and
               not re.match(r'\[\d+\]│', l)]
        return f'not in its fence: {bad[0][:80]!r}' if bad else None
    if what == 'lacks':
        line = [l for l in lines if f'id:{message_id(path)}' in l]
        bad = not line or f'+{text} ' in line[0]
        return f'has the tag {text}: {line}' if bad else None
    raise ValueError(f'{what} is nothing to expect')


def main(corpus, folder, golden):
    harmless = {}
    for kind in ('html', 'atom'):
        with open(os.path.join(golden, f'sample.{kind}'),
                  encoding='utf-8') as file:
            harmless[kind] = file.read()
    outputs = read_outputs(folder, harmless)
    threads = {mail['id']: thread
               for thread in json.loads(outputs['report.json'])['threads']
               for mail in thread['messages']}
    expected = set()
    with open(os.path.join(corpus, 'expect.tsv'), encoding='utf-8') as file:
        for line in file:
            if line.startswith('#') or not line.strip():
                continue
            name, where, what, text = line.rstrip('\n').split('\t')
            path = os.path.join(corpus, 'cur', f'{name}:2,S')
            expected.add(name)
            said = expect(path, outputs, where, what, text, threads)
            if said:
                wrong(name, said)
    for name in os.listdir(os.path.join(corpus, 'cur')):
        if name.split(':')[0] not in expected:
            wrong(name, 'nothing is expected of it')
    print('\n'.join(WRONG))
    return 1 if WRONG else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
