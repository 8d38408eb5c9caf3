#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One entry a series: versions, resends and backports in the newest one's.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq

# mail ID DATE FROM SUBJECT PARENT: to the list, with stdin as its text.
mkdir -p mail/list/cur mail/list/new mail/list/tmp
mail() {
	{
		printf 'From: %s\nTo: dev@lists.example.org\nSubject: %s\n' "$3" "$4"
		printf 'Date: %s 10:00:00 +0000\nMessage-ID: <%s@x>\n' "$2" "$1"
		[ -z "$5" ] || printf 'In-Reply-To: <%s@x>\n' "$5"
		printf '\n'
		cat
	} >"mail/list/cur/$1:2,"
}
patch() { # patch FILE: what a patch has below its text
	printf -- '---\n %s | 2 +-\n\ndiff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n' \
		"$1" "$1" "$1" "$1" "$1"
	printf '@@ -1 +1 @@\n-a\n+b\n'
}
ann='Ann Author <ann@example.org>'
bob='Bob Builder <bob@example.net>'

{ echo 'The clock of the bus stops when its parent is off. Keep it.' && patch clk.c; } |
	mail v1 '30 Mar 2026' "$ann" '[PATCH] clk: keep the clock of the bus' ''
echo 'Please take the lock before you touch the tree.' |
	mail v1r '30 Mar 2026' "$bob" 'Re: [PATCH] clk: keep the clock of the bus' v1
{
	echo 'The clock of the bus stops when its parent is off. Keep it.'
	printf -- '---\nChanges in v2:\n- take the lock\n  of the tree (Bob)\n- say so\n\n'
	patch clk.c | tail -n +2
} | mail v2 '2 Apr 2026' "$ann" '[PATCH v2] clk: keep the clock of the bus' ''
{ echo 'The clock of the bus stops when its parent is off.' && patch clk.c; } |
	mail b5 '3 Apr 2026' "$ann" \
		'[PATCH 5.4.y] clk: keep the clock of the bus' ''
{ echo 'The clock of the bus stops when its parent is off.' && patch clk.c; } |
	mail b6 '3 Apr 2026' "$ann" \
		'[PATCH 6.1.y] clk: keep the clock of the bus' ''
{ echo 'The clock of the fan stops, too.' && patch fan.c; } |
	mail o1 '3 Apr 2026' "$ann" '[PATCH] clk: keep the clock of the fan' ''
{ echo 'The name of the file is wrong in the list.' && patch list.c; } |
	mail r1 '31 Mar 2026' "$bob" '[RFC PATCH] list: name the file as it is' ''
{ echo 'The name of the file is wrong in the list.' && patch list.c; } |
	mail r2 '4 Apr 2026' "$bob" '[PATCH] list: name the file as it is' ''
cat >"$NOTMUCH_CONFIG" <<EOF
[database]
path=$T_DIR/mail
[user]
name=Nora Winter
primary_email=nora@example.org
EOF
notmuch new --quiet || t_skip_all "notmuch new failed"

family() { # family ID: the entry of the thread that it begins
	jq -r --arg id "$1@x" '.threads[] | select(.root_id == $id) | .family' out
}
report() { t_exit 0 "$ND" --now="$T_NOW" --quiet "$@"; }
entries() { grep -Ec '^[0-9]+\. ' out; }

# ---- JSON
report --format=json
cp out folded.json
t_equal "all threads are there" 7 "$(jq '.threads | length' out)"
t_equal "the newest version" v2@x "$(family v2)"
t_equal "an earlier one" v2@x "$(family v1)"
t_equal "a backport" v2@x "$(family b5)"
t_equal "another one" v2@x "$(family b6)"
t_equal "a sibling is no version" o1@x "$(family o1)"
t_equal "an RFC is one" r2@x "$(family r1)"
report --format=json --fold=none
t_same "the option changes nothing there" folded.json out
report --format=json --limit=1
t_equal "families are those of what is printed" 1 \
	"$(jq '[.threads[] | select(.family == .root_id)] | length' out)"

# ---- text
report --format=text
cp out series.txt
t_equal "one entry a series" 3 "$(entries)"
t_like "counts are those of threads" '^8 mails in 7 threads' out
t_like "and it is said how many are elsewhere" \
	'^8 mails in 7 threads \(4 of them in the entries of others\), ' out
t_like "the entry is the newest version" '^[0-9]\. \[PATCH v2\] clk: ' out
t_like "versions and backports" '^   Earlier versions and backports$' out
tr '\n' ' ' <out | tr -s ' ' >flat
t_like "what came of it, and what changed after it" \
	'- v1, 03-30: 2 mails, changes asked for by Bob Builder; changed in v2: take the lock of the tree \(Bob\) \[#2\]' flat
t_like "backports, the newest release first" \
	'- backport to 6\.1, 04-03: 1 mail, no answer yet \[#3\] - backport to 5\.4, 04-03' flat
t_like "the numbers are in the list of mails" \
	'^   #2   03-30 10:00  Ann Author  id:v1@x$' out
t_like "an RFC" '- RFC v1, 03-31: 1 mail' out
report --format=text --mails=none
tr '\n' ' ' <out | tr -s ' ' >flat
t_like "without a list the id stands in the line" \
	'take the lock of the tree \(Bob\) id:v1@x - backport' flat
report --format=text --fold=none
t_equal "an entry a thread" 7 "$(entries)"
t_unlike "and nothing of families" '^   (Earlier versions|Backports)| in the entr' out
cp out none.txt
report --format=text --fold=series --lang=zh_CN
t_like "in Chinese" '^   早前版本与回移植$' out
t_exit 0 "$ND" show --quiet --format=text --now="$T_NOW" id:v2@x
t_unlike "a thread alone has no family" '^   Earlier versions' out

# ---- the setting
notmuch config set digest.fold none
report --format=text
t_same "digest.fold=none" none.txt out
report --format=text --fold=series
t_same "the option beats it" series.txt out
report --format=markdown
t_equal "markdown has a block for each thread" 7 \
	"$(grep -c '^### Thread ' out)"
notmuch config set digest.fold all
t_exit 78 "$ND" --now="$T_NOW"
t_like "other values are named" "digest.fold.*series.*none" err
notmuch config set digest.fold
t_exit 64 "$ND" --now="$T_NOW" --fold=all

# ---- hostile: very many threads of one title
i=0
while [ $i -lt 1000 ]; do
	{ echo 'Text.' && patch clk.c; } |
		mail "many$i" '3 Apr 2026' "$ann" \
			"[PATCH 4.$((i % 400))] clk: keep the clock of the bus" ''
	i=$((i + 1))
done
notmuch new --quiet
report --format=text --mails=none
t_equal "all in one entry" 3 "$(entries)"
t_like "which does not name all of them" '^   - and 983 more$' out
t_done
