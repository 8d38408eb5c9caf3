#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Threads without new mail: which of them are asked what they still owe.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need jq

ANN="Ann Author <ann@example.net>"
BEN="Ben Reader <ben@example.net>"
# mail NAME FROM SUBJECT PARENT DAY TEXT
mail() {
	{
		echo "From: $2"
		echo "To: list@example.org"
		echo "Subject: $3"
		echo "Date: $(printf '%02d Mar 2026 10:00:00 +0000' "$5")"
		echo "Message-ID: <$1@example.org>"
		[ -z "$4" ] || printf 'In-Reply-To: <%s@example.org>\n' "$4"
		printf '\n%b\n' "$6"
	} >"mail/list/cur/$1:2,"
}
DIFF='---\n ring.c | 2 +-\n\ndiff --git a/ring.c b/ring.c\n--- a/ring.c\n+++ b/ring.c\n@@ -1 +1 @@\n-a\n+b\n'
report() {
	t_exit 0 "$ND" report --now=2026-03-30T00:00:00Z --quiet \
		--format=json --mails=none "$@"
}
open() { jq -r '.front.open[].id' out | sed 's/@example.org$//' | sort | tr '\n' ' '; }

s_config
mail a1 "$ANN" "[PATCH] ring: wrap" "" 1 "Wrap.\n$DIFF"
mail a2 "$ANN" "[PATCH v2] ring: wrap" "" 5 "Wrap.\n$DIFF"
mail b1 "$BEN" "[PATCH] ring: wrap" "" 2 "Wrap otherwise.\n$DIFF"
mail t1 "$BEN" "[PATCH] ring: new" "" 28 "New.\n$DIFF"
s_new
report
t_equal "what is open, but versions that were replaced before" \
	"a2 b1 t1 " "$(open)"
t_equal "only the window is told of" "t1@example.org" \
	"$(jq -r '.threads[].root_id' out)"
report --since=2026-03-01 --until=2026-03-04
t_equal "  replaced later: open then" "a1 b1 " "$(open)"

# ---- more than can be asked
mail n1 "$BEN" "[PATCH] ring: for Nora" "" 1 "For Nora.\n$DIFF"
sed -i "s/^To: .*/To: nora@example.org\nCc: list@example.org/" "mail/list/cur/n1:2,"
awk -v to="mail/list/cur/" 'BEGIN {
	for (i = 1; i <= 4200; i++) {
		f = to "w" i ":2,"
		printf "From: %s <p%d@example.net>\nTo: list@example.org\n", "P", i % 7 >f
		printf "Subject: %sring: why?\nDate: 10 Mar 2026 1%d:%02d:00 +0000\n",
			i % 50 == 1 ? "" : "Re: ", i / 600, i / 10 % 60 >f
		printf "Message-ID: <w%d@example.org>\n", i >f
		if (i % 50 != 1)
			printf "In-Reply-To: <w%d@example.org>\n", i - 1 >f
		printf "\nWhat is it?\n" >f
		close(f)
	}
}'
s_new
report
t_like "it is said" 'what [1-9][0-9]* older threads still owe is not known' out
t_equal "  the user's come first, then what nobody has answered" "a2 b1 n1 t1 " \
	"$(open | tr ' ' '\n' | grep -v '^w' | tr '\n' ' ')"
t_done
