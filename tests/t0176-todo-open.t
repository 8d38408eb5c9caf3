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

mail pia1 "Pia Sub <pia@example.net>" "[PATCH] ring: spare one" "" 11 "Spare.\n$DIFF"
s_new
todo
t_equal "of somebody else it says that nobody has answered" "ann1 pia1 " \
	"$(lines unanswered)"
for i in 1 2 3 4 5; do
	mail "pia2$i" "Pia Sub <pia@example.net>" "[GIT PULL] ring: for 6.$i" "" $i \
		"Hi Max,\n\nplease pull. The changes since v6.$i\nare available in the Git repository at:\n\n  https://git.example.org/ring.git tags/ring-$i\n"
done
s_new
todo
t_equal "who sends pull requests takes patches, too" "ann1 " \
	"$(lines unanswered | sed 's/pia2[1-5] //g')"

# ---- taken back, without the usual words
mail ann3 "$ANN" "[PATCH] ring: no more" "" 12 "No more.\n$DIFF"
mail ann4 "$ANN" "[PATCH] ring: less" "" 12 "Less.\n$DIFF"
mail ann5 "$ANN" "Re: [PATCH] ring: no more" ann3 13 "> No more.\nNAK. It has users.\n"
mail ann6 "$ANN" "Re: [PATCH] ring: less" ann4 13 "> Less.\nScratch this, it does not build.\n"
s_new
todo
t_equal "what its author takes back waits for nobody" "ann1 " \
	"$(lines unanswered | sed 's/pia2[1-5] //g')"

# ---- offers
mail luca1 "Luca Offer <luca@example.net>" "New collaboration" "" 12 \
	"Hello,\n\nare you looking for more clients? We would like to begin to work with\nyou as a partner, at the best prices. Are you interested in the details?\n"
s_new
todo
t_equal "nobody owes an advertisement an answer" "ann1 " \
	"$(lines unanswered | sed 's/pia2[1-5] //g')"

# ---- one patch of a later series
mail ann7 "$ANN" "[PATCH ring for-review] ring: turn the other way" "" 13 "Turn.\n$DIFF"
s_new
todo
t_equal "a patch waits" "ann1 ann7 " "$(lines unanswered | sed 's/pia2[1-5] //g')"
mail ann8 "$ANN" "[PATCH 0/2] ring: rounds" "" 28 "Both ways.\n\nAnn Author (2):\n  ring: turn the other way\n  ring: count\n"
mail ann9 "$ANN" "[PATCH 1/2] ring: turn the other way" ann8 28 "Turn.\n$DIFF"
mail ann10 "$ANN" "[PATCH 2/2] ring: count" ann8 28 "Count.\n$DIFF"
s_new
todo
t_equal "until it is sent again among others" "ann1 " \
	"$(lines unanswered | sed 's/pia2[1-5] //g')"

# ---- an answer without In-Reply-To, which is a thread of its own
mail dan1 "Dan Asker <dan@example.org>" "How to build a ring for arm" "" 14 \
	"Hi all,\n\nhow do I build a ring with gcc for arm?\n"
s_new
todo
t_equal "a question waits" "ann1 dan1 " "$(lines unanswered | sed 's/pia2[1-5] //g')"
mail eve1 "Eve Other <eve@example.net>" "Re: [list] How to build a ring for arm" "" 15 \
	"With a cross compiler.\n"
s_new
todo
t_equal "until it is answered in another thread" "ann1 " \
	"$(lines unanswered | sed 's/pia2[1-5] //g')"

# ---- promised here, posted there
mail ann11 "$ANN" "[PATCH] ring: stop at the end" "" 14 "Stop.\n$DIFF"
mail max11 "$MAX" "Re: [PATCH] ring: stop at the end" ann11 15 \
	"> Stop.\nPlease call it halt.\n"
mail ann12 "$ANN" "Re: [PATCH] ring: stop at the end" max11 16 \
	"> Please call it halt.\nWill fix in v2.\n"
s_new
todo
t_equal "a promise is late" "ann12 " "$(lines overdue)"
mail ann13 "$ANN" "[PATCH v2] ring: halt, do not turn" "" 29 "Halt.\n$DIFF"
s_new
todo
t_equal "until something is posted that may be it" "" "$(lines overdue)"

t_done
