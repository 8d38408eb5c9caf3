#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The words of a thread in a report that is read through: more where more is new,
# and what is new before what is known.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"

# w_mail NAME PARENT DAY TEXT: of the talk that the first mail begins
w_mail() {
	s_mail "$1" "${2:+Re: }The talk of ${2:-$1}" "$2" "$3"
	sed '/^$/q' "mail/list/cur/$1:2," >mail/list/tmp/head
	{ cat mail/list/tmp/head && printf '%s\n' "$4"; } >"mail/list/cur/$1:2,"
	rm mail/list/tmp/head
}

# Words of the sentences of the one thread with that title.
said() { # said TITLE
	"$ND" report --format=text --mails=none --since=2026-03-10 \
		--until=2026-03-20 --now=2026-03-20 "subject:$1" |
		sed -n '/^1\. /,$p' >out
	sed -n '/^   - /,$p' out | wc -w
}

s_config
w_mail known1 "" 2 "The ring of my card stops after it has wrapped three times, and the
counter of frames that are lost stands still, whatever else I do to the card. The
machine has two such cards with the same firmware, and only the one in the slot that
is next to the disk controller shows it. I have swapped both, and it stays with the
slot. Does anybody else see this with the cards of that maker?"
w_mail known2 known1 12 "The slot shares its interrupt with the disk, so give it one of its own."
for i in 1 2 3 4 5 6 7 8; do
	w_mail "long$i" "$([ "$i" = 1 ] || echo long1)" "1$i" "Measurement $i was made
with a kernel of its own, in which the frames are copied by engine $i of the card. It
took $i$i seconds to copy all frames to the disk, which engine $i writes while it reads.
The copies of engine $i are whole, and their sums were compared with those of the card."
done
w_mail short1 "" 11 "The table of rings has a lock of its own, which nobody takes. When
two rings are added at once, one of them is lost, and its frames go to the other one.
I have seen it on a machine with 64 CPUs, where the rings are added by as many threads.
With a lock around the search and the insertion it has run for a week without a loss."
s_new

said known1 >/dev/null
tr -s ' \n' ' ' <out >line
t_like "the new answer is told, though the question is long" \
	"shares its interrupt with the disk" line
short=$(said short1) long=$(said long1)
t_true "one mail has few words ($short)" test "$short" -le 45
t_true "eight mails have more ($long)" test "$long" -gt "$((short * 3 / 2))"
t_done
