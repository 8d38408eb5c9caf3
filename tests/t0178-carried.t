#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is open in one report is open in the next, or a mail that is named has
# settled it: the last weeks of three lists, as the one who writes most there. All
# weeks of all lists: tests/long/t0178-carried-all.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
SHARED=${SHARED:-$T_SRC/../shared}
CARRIED=$T_SRC/tests/quality/carried.py
LISTS=${T_LISTS:-"ltp raid spi"}
WEEKS=${T_WEEKS:-5}
t_need python3
t_need jq
for list in $LISTS; do
	[ -r "$SHARED/corpus/$list.tar.xz" ] ||
		t_skip_all "no mail of $list in $SHARED"
	mkdir -p "mail/$list"
	tar -xJf "$SHARED/corpus/$list.tar.xz" -C "mail/$list"
	printf '[database]\npath=%s\n[new]\nignore=config\n[maildir]\nsynchronize_flags=false\n' \
		"$T_DIR/mail/$list" >"mail/$list/config"
	NOTMUCH_CONFIG=mail/$list/config notmuch new --quiet 2>/dev/null
	t_exit 0 python3 "$CARRIED" --weeks="$WEEKS" --user "$ND" "mail/$list/config"
	[ "$got" -eq 0 ] || t_note out
	t_like "items of $list were looked at" ' [1-9][0-9]+ open items, [1-9]' out
done

# It would find them: two weeks, of which the second loses something.
list=${LISTS%% *}
last=$(NOTMUCH_CONFIG=mail/$list/config notmuch search --format=json --limit=1 \
	'date:1990..today' | jq '.[0].timestamp')
# week FILE WEEKS: the report of the week that ends so many before the last mail.
week() {
	NOTMUCH_CONFIG=mail/$list/config "$ND" report --format=json --quiet --limit=1 \
		--since=@$((last - ($2 + 1) * 604800)) --until=@$((last - $2 * 604800)) \
		--now=@$((last - $2 * 604800)) '*' >"$1"
}
week before.json 1
week after.json 0
t_exit 0 python3 "$CARRIED" --reports before.json after.json
lost() { # lost WHAT FILTER
	jq "$2" after.json >false.json
	t_exit 1 python3 "$CARRIED" --reports before.json false.json
	t_like "found: $1" "$1" out
}
lost ': lost: ' '.front.open[] |= (.id = "x")'
lost 'settled by no mail' '.front.settled += [.front.open[] | .closed_by = null] |
	.front.open = [] | .front |= with_entries(
		if .key | IN("needs_you", "waits_for_others", "overdue", "unanswered")
		then .value = [] else . end)'
lost 'and not open' '.front.unanswered += [{id: "y", text: "y"}]'
t_done
