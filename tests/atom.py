#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is it an Atom feed that readers of feeds take?

    atom.py FEED

Three judges who know the format, none of them ours: Ruby's RSS library, which
validates (RFC 4287: what an element must and may have), the Universal Feed Parser
as a reader would use it, and the RELAX NG schema of XHTML for what entries hold.
Prints what is wrong; exits 77 when a judge is not installed.
"""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ATOM = '{http://www.w3.org/2005/Atom}'
XHTML = '{http://www.w3.org/1999/xhtml}'
SCHEMA = '/usr/share/xml/xhtml-relaxng/xhtml-strict.rng'
RUBY = ('require "rss"; '
        'RSS::Parser.parse(File.read(ARGV[0]), true, false).validate')


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True,
                              check=False)
    except FileNotFoundError:
        print(f'{command[0]} is not installed')
        sys.exit(77)
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def validated(path):
    """What Ruby's parser of feeds says against it."""
    known, _ = run('ruby', '-e', 'require "rss"')
    if not known:
        print('Ruby has no RSS library')
        sys.exit(77)
    good, said = run('ruby', '-e', RUBY, path)
    return [] if good else [f'RSS::Parser: {said.splitlines()[0]}']


def as_read(path, feed):
    """What a reader of feeds finds in it that is not what was meant."""
    try:
        import feedparser
    except ImportError:
        print('python3-feedparser is not installed')
        sys.exit(77)
    seen = feedparser.parse(path)
    wrong = []
    if seen.bozo:
        wrong.append(f'feedparser: {seen.bozo_exception}')
    if seen.version != 'atom10':
        wrong.append(f'feedparser takes it for {seen.version!r}')
    entries = feed.findall(ATOM + 'entry')
    if len(seen.entries) != len(entries):
        wrong.append(f'feedparser finds {len(seen.entries)} entries '
                     f'of {len(entries)}')
    for one, entry in zip(seen.entries, entries):
        if one.get('id') != entry.findtext(ATOM + 'id'):
            wrong.append(f'feedparser: {one.get("id")}')
        if not one.get('updated_parsed') or not one.get(
                'author', seen.feed.get('author')):
            wrong.append(f'{entry.findtext(ATOM + "title")}: no time, author')
    return wrong


def consistent(feed):
    """What RFC 4287 asks for and a grammar cannot say."""
    wrong = []
    ids = [e.text for e in feed.iter(ATOM + 'id')]
    if len(set(ids)) != len(ids):
        wrong.append('an id stands there twice')
    for text in ids:
        if not re.fullmatch(r'tag:[a-z.]+,\d{4}:[a-z]+/[0-9a-f]{40}', text):
            wrong.append(f'no tag: URI: {text}')
    times = [e.text for tag in ('updated', 'published')
             for e in feed.iter(ATOM + tag)]
    for text in times:
        if not re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', text):
            wrong.append(f'no time: {text}')
    for link in list(feed.iter(ATOM + 'link')) + list(feed.iter(XHTML + 'a')):
        if not re.match(r'(https?://|mid:)[!-~]+$', link.get('href', '')):
            wrong.append(f'no URL: {link.get("href")}')
    for node in feed.iter():
        if node.tag.startswith(XHTML) and (
                node.tag[len(XHTML):] not in ('div', 'p', 'h3', 'ul', 'li', 'a')
                or set(node.attrib) - {'href'}):
            wrong.append(f'active, or not plain: {node.tag} {node.attrib}')
    newest = max((e.findtext(ATOM + 'updated')
                  for e in feed.findall(ATOM + 'entry')), default=None)
    if newest and feed.findtext(ATOM + 'updated') != newest:
        wrong.append('the feed is not updated with its newest entry')
    for entry in feed.findall(ATOM + 'entry'):
        if entry.find(ATOM + 'content') is None and (
                entry.find(ATOM + 'link') is None):
            wrong.append('an entry without content and link')
    return wrong


def as_xhtml(feed):
    """What is not XHTML 1.0 Strict of what the entries hold."""
    if not os.path.exists(SCHEMA):
        print('xhtml-relaxng is not installed')
        sys.exit(77)
    ET.register_namespace('', XHTML[1:-1])
    html = ET.Element(XHTML + 'html')
    ET.SubElement(ET.SubElement(html, XHTML + 'head'), XHTML + 'title').text = 't'
    body = ET.SubElement(html, XHTML + 'body')
    for div in feed.iter(XHTML + 'div'):
        body.append(div)
    if len(body) == 0:
        return []
    with tempfile.NamedTemporaryFile(suffix='.xhtml') as file:
        ET.ElementTree(html).write(file.name, 'utf-8', True)
        good, said = run('xmllint', '--noout', '--nonet', '--relaxng', SCHEMA,
                         file.name)
    return [] if good else [f'XHTML: {line}' for line in said.splitlines()[:5]]


def main(path):
    good, said = run('xmllint', '--noout', '--nonet', path)
    if not good:
        print(said)
        return 1
    feed = ET.parse(path).getroot()
    wrong = (validated(path) + as_read(path, feed) + consistent(feed)
             + as_xhtml(feed))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
