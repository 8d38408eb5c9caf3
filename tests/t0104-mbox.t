#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A mailbox of digests: the bytes that update writes, in a file that others read.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
c_need neomutt
t_need python3
t_need jq
t_mailbox sample

mbox() { t_exit 0 "$ND" report --now="$T_NOW" --quiet --format=mbox "$@"; }
take_apart() { # take_apart MBOX FOLDER
	rm -rf "$2"
	mkdir -p "$2"
	t_true "Python's strict policy takes it" \
		python3 "$T_SRC/tests/mbox.py" "$1" "$2"
}
hashes() { (cd "$1" && sha256sum -- * | cut -d' ' -f1 | sort); }

# ---- what update writes
notmuch dump >before
mbox --since=2026-02-01
mv out first
take_apart first apart
notmuch dump >after
t_same "nothing is written into the mailbox" before after
notmuch config set digest.query '*'
notmuch config set digest.min_messages 1
t_exit 0 "$ND" update --now="$T_NOW" --quiet --since=2026-01-01
hashes mail/digest/cur >want
hashes apart >got
t_true "there are digests" test -s want
t_same "the mails are those that update writes" want got
mbox --since=2026-02-01
t_same "digests that are there change nothing" first out
mbox --since=2026-02-01 --jobs=1
t_same "nor do the threads of the process" first out
t_exit 0 "$ND" clean --yes --quiet
notmuch config set digest.tag_prefix
mbox --lang=zh_CN
take_apart out chinese
t_true "in another language, too" grep -rq 'lang=zh_CN' chinese

# ---- which threads
"$ND" report --now="$T_NOW" --format=json >json
mbox
mv out week
take_apart week apart
t_equal "each thread that is not encrypted has one" \
	"$(jq '[.threads[] | select(.root_id | startswith("a8LVSo") | not)] | length' json)" \
	"$(find apart -type f | wc -l)"
ids() { sed -n 's/^In-Reply-To: <\(.*\)>$/\1/p' "$1"; }
jq -r '.threads[].root_id' json | grep -v '^a8LVSo' >want
ids week >got
t_same "in the order of the report" want got
mbox --limit=3
"$ND" report --now="$T_NOW" --limit=3 --format=json | jq -r '.threads[].root_id' >want
ids out >got
t_same "--limit" want got
"$ND" report --now="$T_NOW" --for-me --format=json | jq -r '.threads[].root_id' >want
mbox --for-me
ids out >got
t_same "--for-me" want got
mbox --since=2030-01-01 --until=2030-01-02
t_equal "no mail is an empty mailbox" 0 "$(wc -c <out)"
mbox --until=2026-04-02 subject:interface
t_like "mails behind the window are not told of" 'covers=26' out
t_exit 0 "$ND" report --now="$T_NOW" --format=mbox --since=2026-02-01
t_like "an encrypted thread is named" 'id:a8LVSo.*encrypted' err
t_unlike "  and has none" '^In-Reply-To: <a8LVSo' out
t_exit 64 "$ND" show --format=mbox id:x

# ---- what others make of it
mkdir -p mail/other/cur mail/other/new mail/other/tmp
cp apart/* mail/other/cur
notmuch new --quiet
t_equal "imported, each digest is in the thread of its first mail" 0 "$(
	for file in apart/*; do
		root=$(sed -n 's/^In-Reply-To: <\(.*\)>$/\1/p' "$file")
		own=$(sed -n 's/^Message-ID: <\(.*\)>$/\1/p' "$file")
		notmuch count "thread:{id:\"$root\"} and id:$own"
	done | grep -c 0)"
rm -rf mail/other
notmuch new --quiet
{
	cat week
	echo "From soren@example.org Mon Mar 23 15:45:07 2026"
	cat "$(notmuch search --output=files id:20260323154507.223635-1-soren@example.org)"
	echo
} >both
mkdir -p "$HOME/.config/neomutt"
cat >"$HOME/.config/neomutt/neomuttrc" <<-EOF
	set folder="$T_DIR" sort=threads sort_aux=date sleep_time=0 quit=yes
	set index_format="%4C %{%m-%d} %-15.15L %s" ascii_chars=yes
EOF
c_start 'neomutt -R -f both'
c_see "neomutt opens it" "[Msgs:$(grep -c '^From ' both)" || c_look
c_keys /
c_wait "Search for:"
c_type '~f digest.invalid ~s "digest .*selftests: fabric"'
c_keys Enter
c_until c_has_not "Search for:" || t_result 1 "neomutt finds a digest"
c_see "  a digest below the first mail of its thread" '`->[digest 3 mails to'
c_keys Enter
c_see "  and shows it" "selftests: fabric: add a test for route dumps"
c_keys q q
c_ends "  and leaves it"
t_done
