#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Charsets are files that a process in the cage cannot open: rare ones, unknown
# ones and many of them, in texts, headers, HTML and feeds, read the same there.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_mailbox sample

python3 - mail/sample/cur <<'EOP'
import base64, sys

SAY = 'Déjà vu, 漢字 и кириллица: wörds'
KANJI = '漢字です。日本語の文章。'
CASES = {
    # what is declared: (bytes)
    'EUC-TW': bytes.fromhex('a4a4a4e5c4e3a5bb'),
    'SHIFT_JISX0213': 'これは日本語です'.encode('shift_jisx0213'),
    'EUC-JISX0213': KANJI.encode('euc_jisx0213'),
    'UTF-7': SAY.encode('utf-7'),
    'KOI8-T': 'Привет, мир'.encode('koi8_t'),
    'KOI8-U': 'Привіт'.encode('koi8_u'),
    'ISO-8859-7': 'Καλημέρα'.encode('iso8859-7'),
    'ISO-8859-16': 'Bună ziua, ș'.encode('iso8859-16'),
    'MACINTOSH': 'Déjà'.encode('mac_roman'),
    'IBM1047': b'\xc8\xc5\xd3\xd3\xd6',
    'JOHAB': '한국어'.encode('johab'),
    'TSCII': bytes.fromhex('abac'),
    'UTF-32LE': SAY.encode('utf-32-le'),
    'GEORGIAN-PS': bytes.fromhex('c0c1c2'),
    'x-nobody-knows': SAY.encode(),
    '../../etc/passwd': SAY.encode(),
    'UTF-8//IGNORE': SAY.encode(),
}
n = 0
def mail(subject, ctype, body):
    global n
    n += 1
    with open(f'{sys.argv[1]}/set-{n}:2,S', 'wb') as f:
        f.write((f'From: =?ISO-8859-9?Q?G=FCl?= <gul@example.org>\n'
                 f'To: list@example.org\nSubject: {subject}\n'
                 f'Message-ID: <set.{n}@example.org>\n'
                 f'Date: Wed, 01 Apr 2026 00:00:{n % 60:02} +0000\n'
                 f'MIME-Version: 1.0\nContent-Type: {ctype}\n'
                 'Content-Transfer-Encoding: base64\n\n').encode())
        f.write(base64.encodebytes(body))

for name, body in CASES.items():
    word = base64.b64encode(body).decode()
    body = b'words: ' + body + b'\n' if name[:3] != 'UTF' else body
    mail(f'text {n}', f'text/plain; charset="{name}"', body)
    mail(f'=?{name}?B?{word}?= in the subject', 'text/plain', b'words\n')
    mail(f'HTML {n}', 'text/html', f'<meta charset="{name}"><p>'.encode() + body)
    mail(f'file {n}', f'application/octet-stream; name*={name}\'\'%c4%a4', body)
# More names in one mail than are learnt at once, and more than are remembered.
for part in range(12):
    mail(' '.join(f'=?X-{part}-{i}?Q?w=F6rd{i}?=' for i in range(40)),
         'text/plain', b'words\n')
EOP
notmuch new --quiet

for jobs in 1 16; do
	t_exit 0 "$ND" report --format=json --verbose --now="$T_NOW" --jobs=$jobs '*'
	mv out caged.$jobs && mv err caged.err
done
t_exit 0 "$ND" report --format=json --verbose --now="$T_NOW" --no-sandbox '*'
t_same "the same in the cage and without" out caged.1
t_same "  with threads, too" out caged.16
t_same "  and so are the problems" err caged.err
t_unlike "nobody was stopped" 'stopped' caged.1
for word in 'これは日本語です' 'Привет, мир' 'Привіт' 'Bună ziua' 'Καλημέρα'; do
	t_like "$word" "$word" caged.1
done

for name in EUC-JP KOI8-R x-nobody UTF-16; do
	cat >feed.atom <<-EOX
		<?xml version="1.0" encoding="$name"?>
		<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>
	EOX
	"$ND" commits --dry-run feed.atom >caged 2>&1
	got=$?
	"$ND" commits --dry-run --no-sandbox feed.atom >out 2>&1
	t_equal "a feed in $name" $? $got
	t_same "  gives the same" out caged
done
t_done
