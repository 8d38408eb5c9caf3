#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who must act: an item comes, a mail closes it, or the user takes the tag off.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need jq

# mail NAME FROM TO SUBJECT PARENT DAY TEXT
mail() {
	{
		echo "From: $2"
		echo "To: $3"
		echo "Cc: list@example.org"
		echo "Subject: $4"
		echo "Date: $(printf '%s, %02d Mar 2026 10:00:00 +0000' \
			"$(date -u -d "2026-03-$6" +%a)" "$6")"
		echo "Message-ID: <$1@example.org>"
		[ -z "$5" ] || printf 'In-Reply-To: <%s@example.org>\n' "$5"
		[ -z "$5" ] || printf 'References: <%s@example.org>\n' "$5"
		printf '\n%b' "$7"
	} >"mail/list/cur/$1:2,"
}
DIFF='---\n ring.c | 2 +-\n\ndiff --git a/ring.c b/ring.c\n--- a/ring.c\n+++ b/ring.c\n@@ -1 +1 @@\n-a\n+b\n'
NORA="Nora Winter <nora@example.org>"
ANN="Ann Author <ann@example.net>"
BEN="Ben Reader <ben@example.net>"
todo() { t_exit 0 "$ND" todo --now=2026-03-20T00:00:00Z "$@"; }
# lines LIST: "why id" of each item of it
lines() { jq -r ".$1[] | \"\(.why) \(.id)\"" out | sed 's/@example.org$//' | sort | tr '\n' ' '; }
tags() { notmuch search --output=tags "id:$1@example.org" | tr '\n' ' '; }

s_config
notmuch config set digest.query 'to:list@example.org'
mail ann1 "$ANN" "$NORA" "[PATCH] ring: do not wait" "" 10 "Do not wait.\n$DIFF"
mail ben1 "$BEN" "list@example.org" "[PATCH] ring: wrap" "" 10 "Wrap.\n$DIFF"
mail ann2 "$ANN" "$BEN" "Re: [PATCH] ring: wrap" ben1 11 \
	"> Wrap.\nNora, could you test this on your board?\n"
mail ann5 "$ANN" "Nora Summer <summer@example.com>" "Re: [PATCH] ring: wrap" ben1 11 \
	"> Wrap.\nNora, could you test this on your board as well?\n"
mail nora1 "$NORA" "list@example.org" "[PATCH] ring: name it" "" 9 "Name it.\n$DIFF"
mail ben2 "$BEN" "$NORA" "Re: [PATCH] ring: name it" nora1 10 \
	"> Name it.\nPlease drop this, it is wrong.\n"
mail ben3 "$BEN" "list@example.org" "[PATCH] ring: old" "" 2 "Old.\n$DIFF"
mail nora2 "$NORA" "list@example.org" "[PATCH] ring: mine" "" 3 "Mine.\n$DIFF"
s_new

# ---- the list
todo --format=json
t_equal "what needs the user" \
	"asked ann2 changes-requested ben2 sent-to ann1 " "$(lines needs_you)"
t_equal "what the user waits for" "no-answer nora2 " \
	"$(lines waits_for_others)"
t_equal "what nobody answered" "no-answer ben3 " "$(lines unanswered)"
t_equal "with who, since when, and what" \
	"Ann Author|2026-03-11T10:00:00Z|8|Nora, could you test this on your board?" \
	"$(jq -r '.needs_you[] | select(.why == "asked") |
		"\(.by)|\(.since)|\(.days)|\(.question)"' out)"
todo
t_like "text has groups" '^Needs you \(3\)$' out
t_like "  age and subject" '^ +9d +\[PATCH\] ring: do not wait$' out
t_like "  who and what" '^ +Ann Author asks you: Nora, could you' out
t_like "  a link" '^ +mid:ann2@example\.org$' out
t_like "  and says what there is none of" '^ +none$' out
todo --limit=1
t_like "--limit names what is left out" '^ +and 2 more$' out
COLUMNS=50 "$ND" todo --now=2026-03-20T00:00:00Z >out
t_equal "no line is wider than the page, but links" 0 \
	"$(grep -v mid: out | awk 'length($0) > 52' | wc -l)"
todo --format=query
t_equal "a query of the mails" 5 "$(notmuch count "$(cat out)")"
todo --since=2026-03-19 --format=json
t_equal "old threads are not looked at" "" "$(lines needs_you)"
todo --since=2026-03-19 --format=query
t_equal "  and nothing is the query of no mail" 0 "$(notmuch count "$(cat out)")"
todo --format=json id:ann1@example.org
t_equal "of one thread" "sent-to ann1 " "$(lines needs_you)"
todo --lang=zh_CN
t_like "in Chinese" '^等你处理' out
t_exit 64 "$ND" todo --format=markdown

# ---- reading
notmuch tag -unread -- '*'
todo --format=json
t_equal "reading closes nothing" \
	"asked ann2 changes-requested ben2 sent-to ann1 " "$(lines needs_you)"

# ---- the tag
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
t_equal "the tag is that of the list" "ann1 ann2 ben1 ben2 nora1 " \
	"$(notmuch search --output=messages tag:digest/me |
		sed 's/^id://; s/@example.org//' | sort | tr '\n' ' ')"
notmuch tag -digest/me -- id:ann2@example.org
todo --format=json
t_equal "what the user takes it off goes" \
	"changes-requested ben2 sent-to ann1 " "$(lines needs_you)"
todo --all --format=json
t_equal "  and is told of with --all" ann2@example.org \
	"$(jq -r '.carried[] | select(.dismissed) | .id' out)"
notmuch tag -digest/me -- id:nora1@example.org
todo --format=json
t_equal "  also off the first mail of the thread" "sent-to ann1 " \
	"$(lines needs_you)"
mail ben4 "$BEN" "$BEN" "Re: [PATCH] ring: wrap" ann2 12 "I have no board.\n"
s_new
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
todo --format=json
t_equal "  and stays away with new mail of others" "sent-to ann1 " \
	"$(lines needs_you)"
t_equal "    the tag, too" "inbox " "$(tags ann2)"
mail ben5 "$BEN" "$NORA" "Re: [PATCH] ring: name it" nora1 13 \
	"> Name it.\nPlease rename the other one too, it is wrong as well.\n"
s_new
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
todo --format=json
t_equal "another mail brings the thread back" \
	"changes-requested ben2 sent-to ann1 " "$(lines needs_you)"
t_equal "  with its tag, on the mail that is new, too" "ben2 ben5 nora1 " \
	"$(notmuch search --output=messages \
		'tag:digest/me and thread:{id:nora1@example.org}' |
		sed 's/^id://; s/@example.org//' | sort | tr '\n' ' ')"

# ---- a mail
mail nora3 "$NORA" "$ANN" "Re: [PATCH] ring: do not wait" ann1 14 \
	"Why is that so?\n"
s_new
todo --format=json --all
t_equal "an answer closes it" "changes-requested ben2 " "$(lines needs_you)"
t_equal "  and is named" "nora3@example.org" \
	"$(jq -r '.closed[] | select(.id == "ann1@example.org") | .closed_by' out)"
t_equal "  then it is the other one's turn" "asked nora3 no-answer nora2 " \
	"$(lines waits_for_others)"
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
t_equal "  the tag goes" 0 "$(notmuch count tag:digest/me and id:ann1@example.org)"

todo
t_like "  text says so" '^Closed in the last 7 days \(1\)$' out
t_like "    and by which mail" '^ +mid:nora3@example\.org$' out
todo --format=json
t_equal "    JSON, too, without --all" "ann1 nora3 " "$(jq -r \
	'.closed[] | "\(.id) \(.closed_by)"' out | sed 's/@example.org//g' | tr '\n' ' ')"

# ---- what wants no answer of the list, and what closes a promise
{
	mail sp1 "Mr Rich <rich@example.com>" "undisclosed-recipients:;" "Hello" \
		"" 10 "Can you help me with my money?\n"
	mail sp2 "Mr Rich <rich@example.com>" "list@example.org" "Dear friend" "" 10 \
		"Can you help me with my money?\n"
	sed -i '/^Cc:/d' "mail/list/cur/sp1:2,"
	sed -i '1i Reply-To: other@example.net' "mail/list/cur/sp2:2,"
	mail qu1 "Mr Rich <rich@example.com>" "list@example.org" "Dear list" "" 10 \
		"Can you help me with my money?\n"
	sed -i '1i Reply-To: Mr Rich <rich@example.net>' "mail/list/cur/qu1:2,"
	mail pr1 "$ANN" "list@example.org" "[PATCH] pond: drain" "" 1 "Drain.\n$DIFF"
	mail pr2 "$BEN" "$ANN" "Re: [PATCH] pond: drain" pr1 2 \
		"> Drain.\nPlease drop this line, it is wrong.\n"
	mail pr3 "$ANN" "$BEN" "Re: [PATCH] pond: drain" pr2 3 \
		"> Please drop this line, it is wrong.\nI will send a v2 with that fixed.\n"
}
s_new
todo --format=json
t_equal "who wants answers elsewhere is not unanswered" "qu1 " "$(jq -r \
	'.unanswered[].id' out | grep -E '^(sp|qu)' | sed 's/@.*//' | tr '\n' ' ')"
t_equal "a promise is overdue" "promised pr3" "$(lines overdue | grep -o 'promised pr3')"
mail pr4 "$ANN" "list@example.org" "[v2] pond: drain" "" 18 \
	"Drain.\n\nSigned-off-by: $ANN\n$DIFF"
s_new
todo --format=json --all
t_equal "  until the newer version, with or without PATCH" "pr4" "$(jq -r \
	'.closed[] | select(.id == "pr3@example.org") | .closed_by' out | sed 's/@.*//')"
t_equal "    then it is over" "" "$(lines overdue | grep -o 'promised pr3')"
rm mail/list/cur/pr4*
s_new

# ---- the clock
mail ann3 "$ANN" "$NORA" "[PATCH] ring: late" "" 19 "Late.\n$DIFF"
s_new
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
t_equal "sent to the user today: not yet" 0 \
	"$(notmuch count tag:digest/me and id:ann3@example.org)"
t_exit 0 "$ND" update --now=2026-03-22T00:00:00Z
t_equal "  two days later an update without new mail tags it" 1 \
	"$(notmuch count tag:digest/me and id:ann3@example.org)"
notmuch tag -digest/me -- id:ann3@example.org
t_exit 0 "$ND" update --now=2026-03-23T00:00:00Z
t_equal "  once" 0 "$(notmuch count tag:digest/me and id:ann3@example.org)"

# ---- what is done in another thread
mail nora4 "$NORA" "list@example.org" "[PATCH] lake: freeze it early" "" 12 "Freeze.\n$DIFF"
mail ben6 "$BEN" "$NORA" "Re: [PATCH] lake: freeze it early" nora4 13 \
	"> Freeze.\nPlease drop this line, it is wrong.\n"
mail ben7 "$BEN" "$ANN" "How deep is the lake at all?" "" 13 \
	"Nora, can you measure it, please?\n"
mail nora7 "$NORA" "list@example.org" "[PATCH] lake: drain it" "" 12 "Drain.\n$DIFF"
mail ben8 "$BEN" "$NORA" "Re: [PATCH] lake: drain it" nora7 13 \
	"> Drain.\nPlease drop this line, it is wrong.\n"
s_new
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
done_elsewhere='id:ben6@example.org or id:ben7@example.org or id:ben8@example.org'
t_equal "wanted and asked: all have the tag" 3 \
	"$(notmuch count "tag:digest/me and ($done_elsewhere)")"
mail nora5 "$NORA" "list@example.org" "[PATCH v2] lake: freeze it late" "" 18 "Freeze.\n$DIFF"
mail nora6 "$NORA" "$BEN" "Re: How deep is the lake at all?" "" 18 "Three fathoms.\n"
mail nora8 "$NORA" "list@example.org" "[PATCH v2] lake: drain it" "" 18 "Drain.\n$DIFF"
s_new
t_exit 0 "$ND" update --now=2026-03-20T00:00:00Z
t_equal "  a thread of its own has the next version: the tag goes" 0 \
	"$(notmuch count tag:digest/me and id:ben8@example.org)"
t_equal "    also under another title" 0 \
	"$(notmuch count tag:digest/me and id:ben6@example.org)"
t_equal "  a torn thread has the answer: the tag goes" 0 \
	"$(notmuch count tag:digest/me and id:ben7@example.org)"
t_exit 0 "$ND" update --now=2026-04-02T00:00:00Z
t_equal "  and stays away when nothing comes for long" 0 \
	"$(notmuch count "tag:digest/me and ($done_elsewhere)")"
rm mail/list/cur/nora[4568]* mail/list/cur/ben[678]*
s_new

# ---- clean
t_exit 0 "$ND" clean --yes
t_equal "clean takes all of it away" 0 "$(notmuch count property:digest.me=1)"
t_equal "  without a user nothing needs anybody" 0 "$(
	notmuch config set user.primary_email ''
	notmuch config set user.name ''
	"$ND" todo --now=2026-03-20T00:00:00Z --format=json |
		jq '.needs_you | length'
)"
# ---- a mail that is named and not there
t_exit 65 "$ND" todo id:none@example.org
t_like "is said not to be in the mailbox" 'not in the mailbox' err
t_done
