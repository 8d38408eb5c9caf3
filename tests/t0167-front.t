#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The front page: each thread in the first list that fits it, in every format;
# --brief, --for-me, --minutes; how long a week of real mail is.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_mailbox sample
report() { t_exit 0 "$ND" report --now="$T_NOW" --quiet "$@"; }
words() { wc -w <out | tr -d ' '; }
less() { # less NAME COUNT LIMIT
	[ "$2" -lt "$3" ]
	t_result $? "$1: under $3 words"
	[ "$2" -lt "$3" ] || echo "# $2 words" >&2
}
lists='"needs_you","waits_for_others","closed","broke","overdue","unanswered","deadlines"'

# ---- JSON
check_json() { # of the report in out
	t_true "counts are exact" jq -e '.front | . as $f |
		[.counts | to_entries[] | .value == ($f[.key] | length)] | all' out
	t_true "no thread twice" jq -e "[.front[$lists][].root_id] |
		length == (unique | length)" out
	t_true "each line is of a thread and a mail of the report" jq -e \
		'([.threads[] | {(.root_id): [.messages[].id]}] | add // {}) as $mails |
		[.front['"$lists"'][] | .id as $id | $mails[.root_id] | index($id) != null] |
		all' out
	t_true "the oldest first" jq -e "[.front[$lists]] | all([.[].since // \"\"] |
		. == sort)" out
	t_true "none of a folded thread" jq -e \
		'[.threads[] | select(.family != .root_id) | .root_id] as $told |
		[.front['"$lists"'][].root_id] | map(IN($told[])) | any | not' out
}
report --format=json
check_json
cp out all.json
t_true "applied in the window is closed" jq -e \
	'.front.closed | map(.text | test("applied to")) | any' out
report --format=json --for-me
check_json
t_true "for me: fewer threads" jq -e --slurpfile all all.json \
	'(.threads | length) < ($all[0].threads | length)' out
t_true "  but all that need me" jq -e --slurpfile all all.json \
	'.front.needs_you == $all[0].front.needs_you' out
notmuch config set user.primary_email nobody@example.invalid
notmuch config set user.name Nobody
report --format=json
t_equal "nothing is a stranger's" 0/0 "$(jq -r \
	'"\(.front.counts.needs_you)/\(.front.counts.waits_for_others)"' out)"
report --format=text
t_like "which is said" '^Needs you: none$' out
notmuch config set user.primary_email nora@example.org
notmuch config set user.name 'Nora Winter'

# ---- text and markdown
report --format=text
cp out whole.txt
for list in 'Needs you' 'You wait for' Closed Broke Overdue 'New and unanswered' \
	Deadlines; do
	t_like "$list" "^$list: (none|[0-9]+)$" out
done
t_equal "threads are numbered through" "$(grep -Ec '^[0-9]+\. ' out)" \
	"$(grep -E '^[0-9]+\. ' out | sed 's/\..*//' | sort -un | wc -l | tr -d ' ')"
# The title behind a number above is the one behind it below.
number=$(sed -n 's/^ *\([0-9]*\)\. .*applied to.*/\1/p' out | head -1)
t_like "a number is its thread's" "^$number\. " out
report --format=markdown --lang=zh_CN
t_like "in Chinese" '^### 首页$' out
t_like "with none" '^- \*\*.*\*\*: 无$' out
report --format=text --brief
t_unlike "brief: no thread is told" '^   Original patch' out
t_equal "  but each has a line" \
	"$(grep -Ec '^[0-9]+\. ' whole.txt)" "$(grep -Ec '^ +[0-9]+  ' out)"
report --format=markdown --brief
t_unlike "in markdown, too" '^### Thread' out
for minutes in 1 2 4; do
	for format in text markdown; do
		report --format=$format --minutes=$minutes
		less "$minutes minutes of $format" "$(words)" \
			$((minutes * 230 + 1))
	done
done
report --format=text --minutes=1
t_like "what is left out is named" '^Left out for want of time: [0-9]+\. ' out
report --format=text --minutes=1000
t_same "with time enough nothing is" whole.txt out
t_exit 64 "$ND" report --minutes=0

# ---- which of several versions was applied is said once
rm -rf mail && mkdir -p mail/cur mail/new mail/tmp
post() { # post DAY FROM ID PARENT SUBJECT, with the text of the mail
	{
		printf 'From: %s <%s@example.org>\nTo: list@example.org\n' "$2" "$2"
		printf 'Date: Mon, %d Mar 2026 10:00:00 +0000\n' "$1"
		printf 'Message-ID: <%s@example.org>\nSubject: %s\n' "$3" "$5"
		[ -z "$4" ] || printf 'References: <%s@example.org>\n' "$4"
		printf '\n'
		cat
	} >"mail/cur/$3:2,"
}
patch='---\n ring.c | 1 +\n\ndiff --git a/ring.c b/ring.c\n--- a/ring.c\n+++ b/ring.c
@@ -1 +1,2 @@\n x\n+y\n'
printf "Do not wait.\n$patch" | post 30 Ann one "" "[PATCH] ring: do not wait"
printf "Do not wait.\n$patch" | post 30 Ann two one "[PATCH v2] ring: do not wait"
echo 'Applied, thanks!' | post 30 Max three two "Re: [PATCH v2] ring: do not wait"
notmuch new --quiet
report --format=text --brief
t_like "applied, and which" 'ring: do not wait: applied by Max \(v2\),' out

# ---- a week of real mail, as the maintainer
week=${SHARED:-$T_SRC/../shared}/corpus/kvmarm-2021q1.tar.xz
if [ -e "$week" ]; then
	rm -rf mail && mkdir mail && tar -C mail -xf "$week" && rm -rf home/.cache
	notmuch config set user.primary_email maz@kernel.org
	notmuch config set user.name 'Marc Zyngier'
	notmuch new --quiet
	report --format=text --since=2021-03-15 --until=2021-03-22 --now=2021-03-22
	less "a week of 301 mails" "$(words)" 4500
	report --format=text --since=2021-03-15 --until=2021-03-22 --now=2021-03-22 \
		--mails=none
	less "without lists of mails" "$(words)" 3500
	report --format=text --since=2021-03-15 --until=2021-03-22 --now=2021-03-22 \
		--brief
	less "in short" "$(words)" 900
	report --format=json --since=2021-03-15 --until=2021-03-22 --now=2021-03-22
	check_json
	t_true "the maintainer has patches to take" jq -e \
		'[.front.needs_you[].why] | index("to-apply")' out
else
	echo "# $week is absent: how long a week is was not counted"
fi
t_done
