#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The report of the sample mailbox, in every format and language, is what was
# read and found good: tests/golden. `make regold` after a change on purpose.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
GOLDEN=$T_SRC/tests/golden

t_golden() { # t_golden FILE OPTIONS...
	file=$1
	shift
	t_exit 0 "$ND" report --now="$T_NOW" --quiet "$@"
	# Numbers of threads are the database's, not ours to promise.
	sed 's/"thread_id": *"[0-9a-f]*"/"thread_id":"T"/' out >got
	t_same "$file" "$GOLDEN/$file" got
}
t_golden sample.en.md --format=markdown
t_golden sample.zh_CN.md --format=markdown --lang=zh_CN
t_golden sample.txt --format=text
t_golden sample.html --format=html
t_golden sample.json --format=json
t_golden sample.atom --format=atom
t_golden sample.mbox --format=mbox
t_golden sample.eml --to=nora@example.org --mails=none
t_golden sample-all.md --format=markdown --mails=all --since=2026-03-01 --large=10

# ---- the window
t_exit 0 "$ND" --now="$T_NOW" --format=json
t_equal "the default window is 7 days up to now" \
	2026-03-30T00:00:00Z/2026-04-06T00:00:00Z \
	"$(jq -r '.window.since + "/" + .window.until' out)"
t_equal "its mails are counted" "$(notmuch count 'date:@1774828800..@1775433599')" \
	"$(jq .totals.messages out)"
t_equal "its threads are there" \
	"$(notmuch count --output=threads 'date:@1774828800..@1775433599')" \
	"$(jq '.threads | length' out)"
t_equal "counts of threads add up" "$(jq .totals.messages out)" \
	"$(jq '[.threads[].counts.new] | add' out)"
t_equal "counts of categories add up" "$(jq .totals.messages out)" \
	"$(jq '[.categories[].messages] | add' out)"
t_exit 0 "$ND" --now="$T_NOW" --format=json --since=2026-03-10 --until=2026-03-12
t_equal "mails from the window's end on are not looked at" 0 \
	"$(jq '[.threads[].messages[] | select(.date >= "2026-03-12")] | length' out)"
t_equal "the end of the window is exclusive" 0 \
	"$(jq '[.threads[].messages[] | select(.new and .date < "2026-03-10")] | length' out)"
t_exit 0 "$ND" --now="$T_NOW" --format=json --since=2030-01-01 --until=2030-01-02
t_equal "an empty window is an empty report" 0 "$(jq '.threads | length' out)"
t_exit 0 "$ND" --now="$T_NOW" --since=2030-01-01 --until=2030-01-02
t_like "that says so" 'No mail' out
t_unlike "all mail is no query" 'Query' out
for format in text markdown; do
	t_exit 0 "$ND" --now="$T_NOW" --format=$format from:nobody@example.org
	t_like "no mail of a query: $format echoes it" \
		'^Query: from:nobody@example.org$' out
	t_exit 0 env COLUMNS=100 "$ND" --now="$T_NOW" --format=$format \
		date:2001..2002 or tag:nothing
	tr '\n' ' ' <out >line
	t_like "  and says that the period holds beside its dates" \
		'date:2001..2002 or tag:nothing .*date: of its own.*: 2026-03-30 00:00 UTC until 2026-04-06 00:00 UTC, exclusive' line
done
t_exit 0 env TZ=Europe/Berlin "$ND" --until=2026-04-01 --now="$T_NOW"
t_like "seven days are those of the calendar, in the user's zone" \
	': 7 days, 2026-03-25 00:00 CET until 2026-04-01 00:00 CEST, exclusive' out
t_exit 0 "$ND" --now="$T_NOW" --since=monday --format=json
t_equal "monday is, on a Monday, a week ago" 2026-03-30T00:00:00Z \
	"$(jq -r .window.since out)"

# ---- which threads
t_exit 0 "$ND" --now="$T_NOW" --format=json from:nora@example.org
t_equal "threads of a query" \
	"$(notmuch count --output=threads 'from:nora@example.org and date:@1774828800..@1775433599')" \
	"$(jq '.threads | length' out)"
notmuch config set digest.query from:nora@example.org
mv out one
t_exit 0 "$ND" --now="$T_NOW" --format=json
t_same "digest.query is the default" one out
t_exit 0 "$ND" --now="$T_NOW" --format=json '*'
t_true "* is all mail, though" test "$(jq '.threads | length' out)" -gt 20
notmuch config set digest.query
t_exit 0 "$ND" --now="$T_NOW" --format=json --min-messages=5
t_equal "small threads left out" 0 \
	"$(jq '[.threads[] | select(.counts.total < 5)] | length' out)"
t_exit 0 "$ND" --now="$T_NOW" --format=json --limit=3
t_equal "--limit prints the first threads" 3 "$(jq '.threads | length' out)"
t_true "and counts all" test "$(jq .totals.threads out)" -gt 3
t_exit 0 "$ND" --now="$T_NOW" --format=json --new=tag:unread
t_equal "--new=tag:unread counts unread mails" 0 "$(jq '
	[.threads[].messages[] | select(.new)] | length' out |
	xargs expr "$(jq .totals.messages out)" -)"
t_exit 0 "$ND" --now="$T_NOW" --format=json --large=5
t_equal "--large counts threads" \
	"$(jq '[.threads[] | select(.counts.new > 5)] | length' out)" \
	"$(jq .totals.large_threads out)"

# ---- excluded mail
notmuch tag +deleted from:beatriz
t_exit 0 "$ND" --now="$T_NOW" --format=json
t_unlike "search.exclude_tags hides mail" '[Bb]eatriz [A-Z][a-z]* <' out
t_exit 0 "$ND" --now="$T_NOW" --format=json 'tag:deleted'
t_like "unless the query names the tag" '[Bb]eatriz' out
notmuch tag -deleted from:beatriz

# ---- the user's own categories and lists
notmuch config set digest.categories 'urgent;tools'
notmuch config set digest.category.urgent 'subject:oops or id:no@where'
notmuch config set digest.category.tools 'subject:fabtool'
t_exit 0 "$ND" --now="$T_NOW" --format=json
t_equal "own categories come first" 'urgent tools patch' \
	"$(jq -r '[.categories[].name][:3] | join(" ")' out)"
t_equal "and take their threads" 0 "$(jq '[.threads[] |
	select(.subject | test("fabtool")) | select(.category != "tools")] | length' out)"
notmuch config set digest.lists fabric
notmuch config set digest.list.fabric 'to:lists.example.org or not to:lists.example.org'
t_exit 0 "$ND" --now="$T_NOW"
t_like "the title names the list" '^# FABRIC' out
for key in categories category.urgent category.tools lists list.fabric; do
	notmuch config set "digest.$key"
done

# ---- mail that changes while we look
mv mail/sample/cur/events-20:2,* away
mkdir "mail/sample/cur/events-20:2,"
t_exit 0 "$ND" --now="$T_NOW" --format=json
t_equal "a mail that cannot be read is named" 1 "$(jq '.problems | length' out)"
rmdir "mail/sample/cur/events-20:2,"
t_exit 0 "$ND" --now="$T_NOW" --format=json --verbose
t_equal "a mail whose file is gone is named" 1 "$(jq '.problems | length' out)"
t_like "on stderr, too" '^notmuch-digest: id:.*: ' err
t_exit 0 "$ND" --now="$T_NOW" --quiet
t_equal "--quiet does not" 0 "$(wc -c <err)"
t_done
