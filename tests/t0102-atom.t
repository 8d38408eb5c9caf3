#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Atom: a feed that its judges take, with ids that stay and times that grow.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need ruby
t_need xmllint
t_mailbox sample

# Debian's modules may be another interpreter's than the first in PATH.
PYTHON=python3
"$PYTHON" -c 'import feedparser' 2>/dev/null || PYTHON=/usr/bin/python3

t_valid() { # t_valid NAME FILE
	"$PYTHON" "$T_SRC/tests/atom.py" "$2" >said 2>&1
	got=$?
	[ $got -ne 77 ] || t_skip_all "$(cat said)"
	t_result $got "$1"
	[ $got -eq 0 ] || t_note said
}

value() { # value XPATH FILE: with "a" for Atom's namespace
	xmllint --xpath "$(echo "$1" |
		sed 's|a:\([a-z]*\)|*[local-name()="\1"]|g')" "$2"
}

atom() { t_exit 0 "$ND" report --now="$T_NOW" --quiet --format=atom "$@"; }

for options in '' '--mails=all --since=2026-03-01' '--mails=none --lang=zh_CN' \
	--brief --minutes=3 --for-me --limit=2 --new=tag:unread \
	'--since=2030-01-01 --until=2030-01-02' \
	'subject:<no>&such' from:mallory; do
	# shellcheck disable=SC2086
	atom $options
	t_valid "its judges take it: ${options:-as it is}" out
done
# The judges would notice.
atom
mv out week
sed 's|<id>.*thread/[0-9a-f]*</id>||' week >broken
t_true "not without ids" sh -c "! '$PYTHON' '$T_SRC/tests/atom.py' broken"
sed 's|<h3>Mails|<h3 onclick="x()">Mails|' week >broken
t_true "not with a script" sh -c "! '$PYTHON' '$T_SRC/tests/atom.py' broken"

# ---- what a reader of feeds keeps
"$ND" report --now="$T_NOW" --format=json >json
t_equal "a thread is an entry, and so is the front page" \
	"$(jq '(.threads | length) + 1' json)" "$(value 'count(//a:entry)' week)"
atom --until=2026-04-02
value '//a:entry/a:id/text()' out | grep thread | sort >before
value '//a:entry/a:id/text()' week | grep thread | sort >after
comm -12 before after >both
t_true "threads of both weeks have the ids that they had" test -s both
comm -23 before after >gone
t_equal "  and no other ids" "$(wc -l <before)" \
	"$(($(wc -l <gone) + $(wc -l <both)))"
ID=$(printf %s CApe1yxZ4HeQ6uWEFJ4Y2XXKKEafzy5MasLaGcNO7Bj3Hq@mail.example.com |
	sha256sum | cut -c1-40)
t_like "the id is the digest's hash of the first mail" "thread/$ID" week
ENTRY="//a:entry[a:id='tag:digest.invalid,2026:thread/$ID']/a:updated/text()"
newest() { # newest REPORT.json: of the same thread
	jq -r '.threads[] | select(.root_id | startswith("CApe1yxZ4HeQ6")) |
		[.messages[] | select(.new) | .date] | max' "$1"
}
t_equal "an entry is as new as its newest mail" "$(newest json)" \
	"$(value "$ENTRY" week)"
"$ND" report --now="$T_NOW" --until=2026-04-02 --format=json >json
t_equal "  and was, before others came" "$(newest json)" "$(value "$ENTRY" out)"
t_true "so its time grows" expr "$(value "$ENTRY" out)" '<' "$(value "$ENTRY" week)"
t_equal "the feed keeps its id" "$(value '/a:feed/a:id/text()' week)" \
	"$(value '/a:feed/a:id/text()' out)"
atom --jobs=1
t_same "the same mail is the same feed" week out
t_exit 0 env TZ=Asia/Tokyo "$ND" report --now=2026-04-06T09:00:00Z --quiet \
	--since=2026-03-30T00:00:00Z --until=2026-04-06T00:00:00Z --format=atom
t_equal "whatever the zone, and hours later" "$(value "$ENTRY" week)" \
	"$(value "$ENTRY" out)"
atom from:nora@example.org
t_like "a query has a feed of its own" 'report: from:nora@example.org</title>' out
notmuch config set digest.link https://lists.example.org/%s/
atom subject:selftests
t_like "entries lead to the archive" \
	'<link rel="alternate" href="https://lists.example.org/20260323154507.223635-1-soren@example.org/"/>' out

# ---- several lists, and since the last report
notmuch config set digest.link
notmuch config set digest.lists 'fabtool;none;rest'
notmuch config set digest.list.fabtool subject:fabtool
notmuch config set digest.list.none subject:nosuchword
notmuch config set digest.list.rest '*'
atom --since-last
t_valid "its judges take it: several lists, since the last report" out
front() { value '//a:entry[1]/a:content' out | sed 's/<[^>]*>//g; s/^ *//'; }
front >words
t_like "the front page counts each list" '^FABTOOL: 5 threads, 13 mails$' words
t_like "  also without mail" '^NONE: 0 threads, 0 mails$' words
t_like "  names the list of a line" '^\[fabtool\] monitor: machine readable output' words
t_like "  and says what is new" '^New threads: [0-9]+$' words
t_equal "an entry has its list as a category" 5 "$(value \
	'count(//a:entry/a:category[@scheme="tag:digest.invalid,2026:list"][@term="fabtool"])' out)"
t_exit 64 "$ND" show --format=atom id:x
t_done
