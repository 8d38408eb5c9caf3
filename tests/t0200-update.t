#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Digests in the mailbox: where they stand, what is in them, and that a second
# run has nothing to do.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"

# ---- the sample mailbox, all of it
t_mailbox sample
for sort in newest oldest; do
	notmuch search --sort=$sort-first --format=json '*' |
		jq -c '.[] | [.thread, .timestamp, .subject]' >before.$sort
done
"$ND" report --now="$T_NOW" --since=1year >report.before
t_exit 78 "$ND" update --now="$T_NOW"
t_like "says how to choose mail" 'digest\.query' err
t_exit 0 "$ND" update --now="$T_NOW" from:nobody@example.org
t_like "a query that matches nothing is told" \
	"no mail matches 'from:nobody@example.org'" err
t_equal "  and nothing is made" 0 "$(notmuch count tag:digest)"
t_exit 0 "$ND" update --now="$T_NOW" --dry-run '*'
t_like "a dry run says what it would do" '^write +id:digest\.v1\.' out
t_equal "  and does nothing" 0 "$(notmuch count tag:digest)"
[ ! -e mail/digest ]
t_result $? "  and makes no folder"
t_exit 0 "$ND" update --now="$T_NOW" '*'
t_like "a mail that pretends to be a digest stays" . \
	mail/sample/cur/forged:2,
notmuch config set digest.query '*'
notmuch config set digest.since 10year
t_exit 0 "$ND" update --now="$T_NOW"
for sort in newest oldest; do
	notmuch search --sort=$sort-first --format=json '*' |
		jq -c '.[] | [.thread, .timestamp, .subject]' >after.$sort
	t_same "threads, dates and subjects, $sort first" before.$sort after.$sort
done
"$ND" report --now="$T_NOW" --since=1year >report.after
t_same "a report does not see digests" report.before report.after
revision=$(notmuch count --lastmod '*')
find mail -name '*:2,*' | sort >files
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "a second run changes no revision" "$revision" \
	"$(notmuch count --lastmod '*')"
t_exit 0 "$ND" update --now="$T_NOW" '*'
t_equal "  nor does one with a query" "$revision" "$(notmuch count --lastmod '*')"
find mail -name '*:2,*' | sort >files.after
t_same "  and no file" files files.after

# One digest for every thread of two mails or more, first below its root;
# threads with encrypted mail have none.
notmuch show --format=json --body=false --entire-thread=true \
	--exclude=false '*' >show.json
jq -r '
	def mails: .[0] as $m | (if $m then [$m] else [] end) +
		([.[1][] | mails] | add // []);
	.[] | [.[] | mails] | add |
	{ours: map(select(.tags | index("digest"))) | length, all: length,
	 enc: any(.[]; .tags | index("encrypted"))} |
	select(.ours != (if .all - .ours >= 2 and (.enc | not) then 1 else 0 end))
	' show.json >odd
t_same "one digest for each thread of two mails" /dev/null odd
jq -r '
	def nodes: ., (.[1][] | nodes);
	.[][] | nodes | select(.[0] and (.[1] | length) > 0) |
	.[1] | map(.[0].tags | index("digest") != null) |
	select(any and (.[0] | not))' show.json >odd
t_same "  and it is the first child" /dev/null odd

# ---- what a digest looks like
rm -rf mail config
mkdir mail
s_mailbox
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "two digests" 2 "$(find mail/digest/cur -type f -name '*:2,S' | wc -l)"
notmuch search --output=files --exclude=false tag:digest and subject:wrap >file
cp "$(cat file)" digest.eml
hash=$(printf %s carol1@example.org | sha256sum | cut -c1-40)
t_like "From" '^From: Digest <digest@digest\.invalid>$' digest.eml
t_like "To" '^To: undisclosed-recipients:;$' digest.eml
t_like "Subject" '^Subject: \[digest 3 mails to 2026-03-06\] .' digest.eml
t_like "Date is the root's" '^Date: Wed, 04 Mar 2026 10:00:00 \+0000$' digest.eml
t_like "Message-ID" "^Message-ID: <digest\\.v1\\.$hash@digest\\.invalid>\$" digest.eml
t_like "In-Reply-To" '^In-Reply-To: <carol1@example\.org>$' digest.eml
t_like "References" '^References: <carol1@example\.org>$' digest.eml
t_like "Auto-Submitted" '^Auto-Submitted: auto-generated$' digest.eml
t_like "X-Notmuch-Digest" '^X-Notmuch-Digest: v=1; engine=extract; model=-; lang=en; covers=3; key=[0-9a-f]{40}; last=[0-9a-f]{40}$' digest.eml
t_like "X-Notmuch-Digest-Tags" '^X-Notmuch-Digest-Tags: digest digest/other digest/summarized digest/state/open$' digest.eml
t_like "Content-Type" '^Content-Type: text/plain; charset=utf-8; format=flowed$' digest.eml
t_like "each line says who" '^\* (carol|bob|alice) Person: ' digest.eml
t_like "  and where" 'id:(carol1|bob2|alice2)@example\.org' digest.eml
tail -1 digest.eml >last
t_like "the last line: engine, date; all was read" '^engine: extract; 2026-04-06$' last
sed '1,/^$/d' digest.eml | awk 'length > 72' >wide
t_same "no line is wider than 72 columns" /dev/null wide
notmuch dump --include=tags --include=properties -- subject:wrap | sort >got
t_like "tags of the digest" '^\+digest \+digest%2ffresh -- id:digest\.v1' got
t_like "tags of the root" '^\+digest%2fother \+digest%2fstate%2fopen \+digest%2fsummarized \+inbox \+unread -- id:carol1@' got
t_like "the key is a property of both" '^#= digest\.v1.* digest\.key=[0-9a-f]{40}' got
t_unlike "answers have no tags of ours" 'digest.*id:(bob2|alice2)@' got
notmuch dump --include=tags -- id:dave1@example.org | tail -1 >got
t_like "a thread of one mail has tags, and no digest" '^\+digest%2fother \+digest%2fstalled \+digest%2fstate%2fnew \+inbox' got
t_equal "a digest is not to:me" 0 "$(notmuch count tag:digest and to:nora@example.org)"

# ---- only what changed is worked on
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
notmuch search --output=files --exclude=false tag:digest | sort >files
t_exit 0 "$ND" update --now="$T_NOW"
t_like "one reply: one digest" '^1 digest written, 1 mail tagged\.$' out
notmuch search --output=files --exclude=false tag:digest | sort >files.after
t_equal "  and one new file" 1 "$(comm -13 files files.after | wc -l)"
t_equal "  for an old one" 2 "$(find mail/digest -type f | wc -l)"
comm -13 files files.after >new
t_like "new are the mails behind the last digest" '^New since the last digest$' "$(cat new)"
t_like "  counts all of them" 'covers=4;' "$(cat new)"
notmuch search --exclude=false 'thisisnowhere or (tag:digest and subject:wrap)' >got
t_equal "old words are gone from the index" 0 \
	"$(notmuch count tag:digest and '"3 mails"')"
notmuch tag +flagged id:alice1@example.org
t_exit 0 "$ND" update --now="$T_NOW" --quiet
t_equal "--quiet: no word of it" 0 "$(wc -c <out)"
t_exit 0 "$ND" update --now="$T_NOW" --dry-run
t_equal "a plan is all that --dry-run prints" 0 "$(wc -c <out)"
t_exit 0 "$ND" update --now="$T_NOW" --hook
t_equal "nothing is said in a hook" 0 "$(cat out err | wc -c)"
t_exit 0 "$ND" update --now="$T_NOW"
t_like "a tag of the user is no change" '^Nothing has changed\.$' out
s_mail frank1 "Re: Only one mail" dave1 9
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_like "a second mail makes a thread worth a digest" '^1 digest written' out

# ---- the clock goes on
t_exit 0 "$ND" clean --yes
t_exit 0 "$ND" update --now=2026-03-10T00:00:00Z
t_equal "a lively thread is not stalled" 0 "$(notmuch count tag:digest/stalled)"
notmuch tag -digest/patch -digest/other -- '*'
t_exit 0 "$ND" update --now=2026-03-18T00:00:00Z
t_equal "two weeks after its last mail it is" 1 \
	"$(notmuch count tag:digest/stalled and id:alice1@example.org)"
t_equal "  and no other one" 1 "$(notmuch count tag:digest/stalled)"
t_equal "  and nothing else changes" 0 \
	"$(notmuch count tag:digest/patch or tag:digest/other)"
notmuch tag -digest/stalled -- '*'
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "what the user took off stays off" 0 \
	"$(notmuch count tag:digest/stalled and id:alice1@example.org)"

# What has a query of its own does not look for what went quiet: the next run
# without one does.
s_quiet() { # s_quiet NAME COMMAND...: run when the thread has just gone quiet
	t_exit 0 "$ND" clean --yes
	t_exit 0 "$ND" update --now=2026-03-10T00:00:00Z
	name=$1
	shift
	t_exit 0 "$ND" "$@" --now=2026-03-18T00:00:00Z
	t_exit 0 "$ND" update --now=2026-03-18T06:00:00Z
	t_equal "$name does not hide what went quiet" 1 \
		"$(notmuch count tag:digest/stalled and id:alice1@example.org)"
}
s_quiet "update of other threads" update id:dave1@example.org
s_quiet "update that writes" update --lang=zh_CN id:carol1@example.org
s_quiet "clean of other threads" clean --yes id:carol1@example.org
s_quiet "a report" report --deliver --quiet
t_exit 0 "$ND" clean --yes
t_exit 0 "$ND" update --now=2026-03-10T00:00:00Z id:alice1@example.org
t_exit 0 "$ND" update --now=2026-03-18T00:00:00Z
t_equal "a first run with a query does not, either" 1 \
	"$(notmuch count tag:digest/stalled and id:alice1@example.org)"
t_exit 0 "$ND" clean --yes
t_exit 0 "$ND" update --now=2026-03-10T00:00:00Z
rm -rf mail/.notmuch/xapian
s_new
t_exit 0 "$ND" update --now=2026-03-18T00:00:00Z
t_equal "nor does a database that is made anew" 1 \
	"$(notmuch count tag:digest/stalled and id:alice1@example.org)"

# ---- settings and options
t_exit 0 "$ND" clean --yes
notmuch config set digest.min_messages 3
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "digest.min_messages" 1 "$(notmuch count tag:digest)"
t_exit 0 "$ND" clean --yes
notmuch config set digest.min_messages
notmuch config set digest.tag_scope thread
notmuch config set digest.tag_prefix 'sum/up'
notmuch config set digest.folder 'deep/sums'
notmuch config set digest.from 'Ümlaut <sums@host.invalid>'
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "digest.tag_scope, digest.tag_prefix" 8 "$(notmuch count tag:sum/up/patch or tag:sum/up/other)"
t_equal "digest.folder" 3 "$(notmuch count folder:deep/sums)"
cat mail/deep/sums/cur/* | grep '^From' | sort -u >got
t_like "digest.from" '^From: =\?.*<sums@host\.invalid>$' got
t_exit 0 "$ND" clean --yes
[ ! -e mail/deep/sums ]
t_result $? "the folder is gone"
for key in tag_scope tag_prefix folder from; do
	notmuch config set digest.$key
done
notmuch config set digest.write no
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "digest.write=no: no digests" 0 "$(notmuch count tag:digest)"
t_equal "  but tags" 3 "$(notmuch count tag:digest/patch or tag:digest/other)"
notmuch config set digest.write
t_exit 0 "$ND" clean --yes
notmuch config set digest.since 1d
t_exit 0 "$ND" update --now=2026-03-10T00:00:00Z
t_equal "digest.since: threads without mail since are old" 1 \
	"$(notmuch count tag:digest)"
t_exit 0 "$ND" update --now=2026-03-10T00:00:00Z id:alice1@example.org
t_equal "a query takes them, too" 2 "$(notmuch count tag:digest)"
"$ND" update --stdin --now="$T_NOW" <mail/list/cur/bob2:2, >out 2>err
t_equal "the mail on stdin names its thread" 3 "$(notmuch count tag:digest)"
t_exit 0 "$ND" update --lang=zh_CN id:alice1@example.org
t_equal "another language is another digest" 1 \
	"$(grep -l 'lang=zh_CN' mail/digest/cur/* | wc -l)"
t_exit 64 "$ND" update --stdin '*'
t_exit 64 "$ND" update 'subject:"'
t_exit 64 "$ND" update --since=never
for bad in 'folder ../x' 'folder /x' 'tag_prefix a"b' 'tag_prefix -x' \
	'tag_scope all' 'since never' 'write maybe' 'min_messages 0' \
	'from nobody' 'lock_timeout no'; do
	notmuch config set "digest.${bad% *}" "${bad#* }"
	t_exit 78 "$ND" update '*'
	t_like "digest.${bad% *} is checked" "digest.${bad% *}" err
	notmuch config set "digest.${bad% *}"
done

# ---- the lock
mkfifo fifo
notmuch tag --batch <fifo & # has the lock as long as it may read
holder=$!
exec 9>fifo
t_locked $holder
notmuch config set digest.lock_timeout 1
notmuch config set digest.since
t_exit 75 "$ND" update --now="$T_NOW" id:dave1@example.org --lang=zh_CN
t_like "says who is in the way" 'another program is writing' err
exec 9>&-
wait $holder
t_exit 0 "$ND" update --now="$T_NOW" id:dave1@example.org --lang=zh_CN
t_equal "nothing is left in tmp" 0 "$(find mail/digest/tmp -type f | wc -l)"
t_done
