#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One mail that asks for all memory, and many versions of one patch: the other
# threads get their digests, and output grows with the mails.
. "$(dirname "$0")/lib.sh"

t_need python3
t_need jq

MEMORY_KB=700000

# limited COMMAND...: it has so much address space, and no more.
# shellcheck disable=SC3045 # dash, bash and busybox have it
limited() { (ulimit -v $MEMORY_KB && exec "$@"); }
# Sanitizers reserve more address space than any limit.
case $ND in *build-san*) limited() { "$@"; } ;; esac

mail() { # mail N SUBJECT CONTENT-TYPE: one mail, its body from stdin
	{
		printf 'From: Ann <ann@example.org>\nTo: list@example.org\n'
		printf 'Subject: %s\nMessage-ID: <bad.%s@example.org>\n' "$2" "$1"
		printf 'Date: Wed, 01 Apr 2026 00:00:0%s +0000\n' "$1"
		printf 'MIME-Version: 1.0\nContent-Type: %s\n\n' "$3"
		cat
	} >"mail/sample/cur/bad-$1:2,S"
}

parts() { # parts N PIECE: N times what printf makes of PIECE
	python3 -c 'import sys
sys.stdout.write(sys.argv[2].encode().decode("unicode_escape") * int(sys.argv[1]))' "$@"
}

t_mailbox sample
notmuch config set digest.query '*'
t_exit 0 "$ND" update --now="$T_NOW"
digests=$(notmuch count --exclude=false 'path:digest/**')
t_true "the sample has digests" [ "$digests" -gt 10 ]
t_exit 0 "$ND" clean --yes

parts 20000 '--z\n\n\n' | mail 1 mixed 'multipart/mixed; boundary="z"'
parts 200000 '--z\n\n\n\n\n' | mail 2 digest 'multipart/digest; boundary*0=z'
{ printf -- '--z\n' && parts 100000 'A:\n'; } |
	mail 3 fields 'multipart/mixed; boundary=z'
parts 3000 'Content-Type: message/rfc822\n\n' | mail 4 nested message/rfc822
parts 250000 '<p>a\n' | mail 5 html text/html
parts 500000 'word word\n' | mail 6 long text/plain
notmuch new --quiet

t_exit 0 limited "$ND" report --format=json --jobs=4 --now="$T_NOW" 'mid:/^bad/'
t_equal "each keeps its header facts" 'digest,fields,html,long,mixed,nested' \
	"$(jq -r '[.threads[].subject] | sort | join(",")' out)"
jq -r '.problems[] | "\(.id): \(.what)"' out | sort >problems
t_like "parts" '^bad.1.*: over 2000 MIME parts: only its header' problems
t_like "mails" '^bad.2.*: over 2000 MIME parts: only its header' problems
t_like "fields" '^bad.3.*: over 25000 header fields: only its' problems
t_like "nested mails" '^bad.4.*: over 2000 MIME parts: only its' problems
t_like "HTML" '^bad.5.*: HTML of too many tags: not all of it' problems
t_like "text" '^bad.6.*: a part of over 4194304 bytes: not all' problems

t_exit 0 limited "$ND" update --now="$T_NOW"
t_equal "all other threads have digests" "$digests" \
	"$(notmuch count --exclude=false 'path:digest/**')"
notmuch dump >before
t_exit 0 limited "$ND" update --verbose --now="$T_NOW"
t_unlike "the next run does not read them again" 'over 2000' err
notmuch dump >after
t_same "the next run is idle" before after

# versions N: one patch, N versions, each in a thread of its own.
versions() {
	rm -rf mail .notmuch
	mkdir -p mail/v/cur mail/v/new mail/v/tmp
	python3 - "$1" <<-'EOP'
		import sys
		for i in range(int(sys.argv[1])):
		    with open(f"mail/v/cur/{i}:2,S", "w") as f:
		        f.write(f"From: Ann <ann@example.org>\nSubject: [PATCH v{i + 1}] fix it\n"
		                f"Message-ID: <v{i}@example.org>\nDate: Wed, 01 Apr 2026 "
		                f"{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02} +0000\n\nWords.\n")
	EOP
	notmuch new --quiet
	t_exit 0 "$ND" report --format=json --now="$T_NOW" '*'
	mv out "$1.json"
	t_exit 0 "$ND" series --format=json --now="$T_NOW" '*'
	mv out "$1.series"
	t_exit 0 "$ND" report --format=markdown --now="$T_NOW" '*'
	mv out "$1.md"
}
size() { wc -c <"$1"; }

versions 200
versions 400
for kind in json series md; do
	t_true "$kind grows with the mails" \
		[ "$(size 400.$kind)" -lt $((5 * $(size 200.$kind) / 2)) ]
done
t_equal "all versions are told or counted" 399 "$(jq '[.threads[].series |
	(.prior_versions | length) + (.more_versions // 0)] | max' 400.json)"
t_equal "at most fifty are told" 50 \
	"$(jq '[.threads[].series.prior_versions | length] | max' 400.json)"
t_like "the others are counted in markdown" 'v350, … \(\+349\)' 400.md
t_done
