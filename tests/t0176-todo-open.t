#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is not to be done any more, or never was: todo leaves it out.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need jq

# mail NAME FROM SUBJECT PARENT DAY TEXT
mail() {
	{
		echo "From: $2"
		echo "To: list@example.org"
		echo "Subject: $3"
		echo "Date: $(printf '%s, %02d Mar 2026 10:00:00 +0000' \
			"$(date -u -d "2026-03-$5" +%a)" "$5")"
		echo "Message-ID: <$1@example.org>"
		[ -z "$4" ] || printf 'In-Reply-To: <%s@example.org>\n' "$4"
		[ -z "$4" ] || printf 'References: <%s@example.org>\n' "$4"
		printf '\n%b' "$6"
	} >"mail/list/cur/$1:2,"
}
DIFF='---\n ring.c | 2 +-\n\ndiff --git a/ring.c b/ring.c\n--- a/ring.c\n+++ b/ring.c\n@@ -1 +1 @@\n-a\n+b\n'
ANN="Ann Author <ann@example.net>"
MAX="Max Keeper <max@example.com>"
todo() { t_exit 0 "$ND" todo --format=json --now=2026-03-31T00:00:00Z; }
# lines LIST: the mails of its items
lines() { jq -r ".$1[].id" out | sed 's/@example.org$//' | sort | tr '\n' ' '; }

s_config
mail ann1 "$ANN" "[PATCH] ring: do not wait" "" 10 "Do not wait.\n$DIFF"
mail max1 "$MAX" "[PATCH] ring: wrap" "" 10 "Wrap.\n$DIFF"
s_new
todo
t_equal "nobody has answered the two" "ann1 max1 " "$(lines unanswered)"
for i in 1 2 3 4 5; do
	mail "ann2$i" "$ANN" "[PATCH] ring: part $i" "" $i "Part $i.\n$DIFF"
	mail "max2$i" "$MAX" "Re: [PATCH] ring: part $i" "ann2$i" $i \
		"> Part $i.\nApplied, thanks.\n"
done
s_new
todo
t_equal "who takes patches waits for nobody's answer" "ann1 " \
	"$(lines unanswered)"

t_done
