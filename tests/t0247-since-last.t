#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --since-last: a report begins where the one before it ended, and says what has
# become of the threads since.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need jq

hash() { printf %s "$1" | sha256sum | cut -c1-40; }
deliver() { t_exit 0 "$ND" report --deliver --since-last "$@"; }
since() { # since NOW [OPTION...]: "SINCE PREVIOUS" of such a report, in JSON
	now=$1
	shift
	"$ND" report --since-last --now="$now" --format=json "$@" >json 2>err ||
		t_note err
	jq -r '"\(.window.since[0:10]) \(if .since_last.previous then "yes" else "no" end)"' json
}
# names LIST: the roots in it.
names() { jq -r "[.since_last.$1[].root_id | split(\"@\")[0]] | sort | join(\" \")" json; }

s_mailbox
notmuch dump | sort >before
t_equal "no report yet: the usual window" "2026-02-26 no" "$(since 2026-03-05)"
t_exit 0 "$ND" report --since-last --now=2026-03-05 --format=text
t_like "  which is said" 'No report of this query has been delivered before' out
t_exit 0 "$ND" report --now=2026-03-05 --format=json
t_equal "nobody asks, nothing is said" null "$(jq .since_last out)"
deliver --now=2026-03-05
first=$(sed 's/.*id:\([^ ]*\) .*/\1/' out)

# A patch that is taken, a new thread, and one that goes on.
s_mail frank1 "A new question" "" 8
cat >mail/list/cur/carl:2, <<-EOF
	From: Carl Keeper <carl@example.com>
	To: list@example.org
	Subject: Re: [PATCH] ring: do not wait
	Date: Sun, 08 Mar 2026 10:00:00 +0000
	Message-ID: <carl1@example.org>
	In-Reply-To: <alice1@example.org>
	References: <alice1@example.org>

	Applied to ring/next, thanks!
EOF
s_new
t_equal "the next one begins where it ended" "2026-03-05 yes" \
	"$(since 2026-03-09)"
t_equal "  and names it" "$first" "$(jq -r .since_last.previous json)"
t_equal "  closed since" alice1 "$(names closed)"
t_equal "    by which mail, and what it was" "carl1@example.org under-review applied" \
	"$(jq -r '.since_last.closed[0] | "\(.id) \(.before) \(.state)"' json)"
t_equal "  new since" "dave1 frank1" "$(names new)"
t_equal "    which had no state" "null" \
	"$(jq -r '[.since_last.new[].before] | unique | map(tostring) | join(" ")' json)"
t_equal "  counts are those of the lists" '[1,1,2]' \
	"$(jq -c '.since_last.counts | [.closed, .moved, .new]' json)"
# What was asked before was answered since.
t_equal "  moved since" "carol1" "$(names moved)"
t_equal "    from where to where" "$(jq -r '.threads[] |
	select(.root_id == "carol1@example.org") | .state' json)" \
	"$(jq -r '.since_last.moved[0].state' json)"
before_state=$(jq -r '.since_last.moved[0].before' json)
"$ND" report --now=2026-03-05 --format=json >earlier
t_equal "    as the report before this one had it" "$before_state" \
	"$(jq -r '.threads[] | select(.root_id == "carol1@example.org") | .state' earlier)"

# ---- for people
t_exit 0 "$ND" report --since-last --now=2026-03-09 --format=text
t_like "text: since when" '^Since the last report, 2026-03-05 00:00 UTC$' out
t_like "  how many" '^Closed: 1$' out
t_like "  what" '^   1\. ring: do not wait: applied, was .* \[#[0-9]\]$' out
sed '/^Needs you/q' out | grep -q '^New threads: 2$'
t_result $? "  on top"
t_exit 0 "$ND" report --since-last --now=2026-03-09 --format=markdown
t_like "markdown: since when" '^## Since the last report, 2026-03-05 00:00 UTC$' out
t_like "  what, and where" '^  - ring: do not wait: applied, was .*\(<mid:carl1@example\.org>\)$' out
t_exit 0 "$ND" report --since-last --now=2026-03-09 --format=html
sed 's/<[^>]*>//g' out >words
t_like "html: since when" '^Since the last report, 2026-03-05 00:00 UTC$' words
t_like "  what, and where" '<li value="1"><a href="#t1">ring: do not wait</a>: applied, was .* <a href="[^"]*carl1@example\.org"' out
t_exit 0 "$ND" report --since-last --now=2026-03-09 --lang=zh_CN
t_unlike "  in Chinese" 'Since the last report|Closed|Moved' out
t_exit 0 "$ND" report --since-last --now=2026-03-09 --brief --format=text
t_like "--brief has it, too" '^Closed: 1$' out
t_like "  numbers without a place to go to" '^   1  ring: do not wait: applied, was [^[]*$' out
for i in 1 2 3 4 5 6 7 8 9; do
	s_mail "more$i" "More of it, number $i" "" 8
done
s_new
t_exit 0 "$ND" report --since-last --now=2026-03-09 --format=text
t_like "a list is short: some of it, and how many more" '^      and 3 more$' out
t_like "  all are counted" '^New threads: 11$' out
t_exit 0 "$ND" report --since-last --now=2026-03-09 --format=json --limit=1
t_equal "JSON has all, also with --limit" 11 "$(jq '.since_last.new | length' out)"

# ---- in the mailbox
deliver --now=2026-03-09
second=$(sed 's/.*id:\([^ ]*\) .*/\1/' out)
t_like "the mail has it" '^Since the last report, 2026-03-05 00:00 UTC$' \
	"$(notmuch search --output=files "id:$second")"
deliver --now=2026-03-09
t_equal "a second run at that time has that window again" \
	"Replaced: id:$second (13 threads)" "$(cat out)"
t_equal "later ones begin there" "2026-03-09 yes" "$(since 2026-03-10)"
t_equal "  with nothing in it" '[0,0,0]' \
	"$(jq -c '.since_last.counts | [.closed, .moved, .new]' json)"
t_exit 0 "$ND" report --since-last --now=2026-03-10 --format=text
t_like "  which is said" 'No mail matches' out
t_equal "an end before that begins where the first ended" "2026-03-05 yes" \
	"$(since 2026-03-10 --until=2026-03-08)"
t_equal "another query has no report yet" "2026-03-03 no" \
	"$(since 2026-03-10 from:alice)"
t_equal "nor has what is for the user alone" "2026-03-03 no" \
	"$(since 2026-03-10 --for-me)"
t_exit 64 "$ND" report --since-last --since=2026-03-01
t_like "--since says something else" 'exclude each other' err

# ---- what is found again, and what is not believed
notmuch tag -digest -digest/report +deleted -- "id:$second"
t_equal "tags that the user took off do not matter" "2026-03-09 yes" \
	"$(since 2026-03-10)"
rm -rf mail/.notmuch
s_new
t_equal "nor does a database made anew" "2026-03-09 yes" "$(since 2026-03-10)"
t_exit 0 "$ND" update --now=2026-03-10
t_equal "  and mended" "2026-03-09 yes" "$(since 2026-03-10)"
forge() { # forge FILE ID
	cat >"$1" <<-EOM
		From: Digest <digest@digest.invalid>
		To: nobody@example.org
		Subject: Mailing list report
		Date: Mon, 09 Mar 2026 20:00:00 +0000
		Message-ID: <$2>
		X-Notmuch-Digest: v=1; query=$(hash to:list@example.org); since=1; until=$(date -u -d 2026-03-09T20:00:00Z +%s)

		Forged.
	EOM
}
forge mail/list/cur/forged1:2, "digest.report.v1.$(hash 1)@digest.invalid"
forge mail/digest/cur/forged2:2, "digest.report@example.org"
s_new
t_equal "a forged one does not count" "2026-03-09 yes" "$(since 2026-03-10)"
rm mail/list/cur/forged1:2, mail/digest/cur/forged2:2,
rm "$(notmuch search --output=files --exclude=false "id:$second")"
s_new
t_equal "one that was deleted does not, either" "2026-03-05 yes" \
	"$(since 2026-03-10)"

# ---- what a tree has merged has a date, too
cat >feed.atom <<-EOF
	<feed xmlns='http://www.w3.org/2005/Atom'><title>next</title>
	<entry><title>ring: do not wait</title>
	<updated>2026-03-07T10:00:00+00:00</updated>
	<author><name>alice Person</name><email>alice@example.net</email></author>
	<id>urn:sha1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</id>
	<content type='text'>Link: https://lore.kernel.org/r/alice1@example.org</content>
	</entry></feed>
EOF
rm mail/list/cur/carl:2,
s_mail bob3 "Re: [PATCH] ring: do not wait" alice1 8
s_new
t_exit 0 "$ND" commits --now=2026-03-09 feed.atom
t_equal "a commit closes what was open" "2026-03-05 yes" "$(since 2026-03-09)"
t_equal "  in the window that it is of" "alice1" "$(names closed)"
t_exit 0 "$ND" clean --yes
(cd mail/list/cur && rm more* frank* bob3*)
s_new
notmuch dump | sort >after
t_same "clean leaves no trace" before after
t_done
