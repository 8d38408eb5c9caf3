#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A thread that the user has muted: no digest, no line but one that counts.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need jq
NOW="--now=2026-03-20T00:00:00Z"
update() { t_exit 0 "$ND" update "$NOW"; }
report() { t_exit 0 "$ND" report "$NOW" --since=2026-03-01 "$@"; }
todo() { t_exit 0 "$ND" todo "$NOW" --format=json; }
tags() { notmuch search --output=tags --exclude=false "$1" | tr '\n' ' '; }
ours() { notmuch count --exclude=false "property:digest.v=1 or tag:digest"; }
digests() { notmuch count --exclude=false tag:digest; }
# What the front page names: root ids.
front() { jq -r '.front[] | arrays[] | .root_id' out; }
threads() { jq -r '.threads[].root_id' out | sort | tr '\n' ' '; }

s_mailbox
# It asks the user, who has not answered.
sed -i 's/^I think.*/Nora, could you test this on your board?/' mail/list/cur/alice2:2,
notmuch new --full-scan --quiet
update
t_equal "two threads have digests" 2 "$(digests)"
todo
t_like "and todo has one" 'alice2@example\.org' out
report --format=json
front >front.out
t_like "it is on the front page" '^carol1@example.org$' front.out

# ---- one mail of it is enough
notmuch tag +muted -- id:bob2@example.org
report --format=json
t_equal "a report has the other threads" \
	"alice1@example.org dave1@example.org " "$(threads)"
t_equal "  and counts it" 1 "$(jq .muted_threads out)"
t_equal "  and no mail of it" 3 "$(jq .totals.messages out)"
front >front.out
t_unlike "  nothing of it is on the front page" carol front.out
for format in text html markdown; do
	report --format=$format
	t_like "$format has one line" '1 muted thread|\*\*Muted threads\*\*: 1' out
	t_equal "  and no other" 1 "$(grep -ci muted out)"
	t_unlike "  nothing else of it" 'carol|ring wrap' out
done
report --format=atom
t_unlike "a feed has no entry" 'ring wrap' out
report --format=mbox
t_unlike "nor has a mailbox" 'ring wrap' out
report --lang=zh_CN --format=text
t_like "it is counted in Chinese, too" '^1 个' out
todo
t_unlike "todo has nothing of it" 'alice2|carol1' out
t_exit 0 "$ND" show "$NOW" id:carol1@example.org
t_like "show prints what is asked for" 'How does the ring wrap' out

# ---- update
t_exit 0 "$ND" update "$NOW" --dry-run
t_like "--dry-run says that the digest goes" '^remove +id:digest\.v1\.' out
t_equal "  and does nothing" 2 "$(digests)"
update
t_equal "update takes the digest away" 1 "$(digests)"
t_equal "  the file, too" 1 "$(find mail/digest -type f -name '*:2,S' | wc -l)"
t_equal "  and all tags, but for the user's" "inbox muted unread " \
	"$(tags "thread:{id:carol1@example.org}")"
s_state once
update
s_state twice
t_same "a second run changes nothing" once twice
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
update
t_equal "new mail brings nothing back" 1 "$(digests)"
"$ND" update "$NOW" --quiet '*'
t_equal "nor does a query" 1 "$(digests)"
s_mail frank1 "Re: [PATCH] ring: do not wait" bob1 9
notmuch new --quiet --no-hooks
update
t_equal "another thread goes on" 3 \
	"$(notmuch count "thread:{id:frank1@example.org} and not tag:digest")"
t_like "  with its digest" '^Subject: \[digest 3 mails' \
	"$(notmuch search --output=files 'tag:digest and subject:wait')"

# ---- unmuted
notmuch tag -muted -- id:bob2@example.org
update
t_equal "the digest comes back" 2 "$(digests)"
t_like "  with its tags" 'digest/summarized' \
	"$(tags id:carol1@example.org >tags.out && echo tags.out)"
report --format=json
t_equal "  and the thread" 3 "$(jq '.threads | length' out)"
t_equal "  nothing is counted" 0 "$(jq .muted_threads out)"
report --format=text
t_unlike "  nor said" muted out

# ---- what the user took off stays off
ask_nora() { # ask_nora NAME DAY
	s_mail "$1" "Re: Does the board boot?" ivan1 "$2"
	sed -i 's/^To:.*/&, nora@example.org/; $s/.*/Nora, could you test this on your board?/' \
		"mail/list/cur/$1:2,"
}
me="thread:{id:ivan1@example.org} and tag:digest/me"
dismissed() { notmuch count 'property:digest.me=1 and not tag:digest/me'; }
s_mail ivan1 "Does the board boot?" "" 10
ask_nora judy1 11
s_new
update
t_equal "root and mail need the user" 2 "$(notmuch count "$me")"
notmuch tag -digest/me -- "$me"
notmuch tag +muted -- id:ivan1@example.org
update
t_equal "muted, the thread has no tag of ours" "inbox muted unread " \
	"$(tags "thread:{id:ivan1@example.org}")"
s_state once
update
s_state twice
t_same "  a second run changes nothing" once twice
notmuch tag -muted -- id:ivan1@example.org
update
t_equal "unmuted, it has a digest" 3 "$(digests)"
t_equal "  but needs the user no more than before" "0 2" \
	"$(notmuch count "$me") $(dismissed)"
ask_nora judy2 12
s_new
update
t_equal "  until it does anew" 1 "$(notmuch count "id:judy2@example.org and $me")"
notmuch tag -digest/me -- "$me"
notmuch tag +muted -- id:ivan1@example.org
update
t_true "  what the user said of it is known" test "$(dismissed)" -gt 0
t_exit 0 "$ND" clean --yes
t_equal "clean leaves nothing of a muted thread" "0 0" "$(ours) $(dismissed)"
rm mail/list/cur/ivan1:2, mail/list/cur/judy?:2,
notmuch new --quiet --no-hooks
update

# ---- who has muted threads before there was a digest
t_exit 0 "$ND" clean --yes
notmuch tag +muted -- "thread:{id:carol1@example.org}"
update
t_equal "a muted thread never gets one" 1 "$(digests)"
t_equal "  nor any mark" "inbox muted unread " \
	"$(tags "thread:{id:carol1@example.org}")"

# ---- digest.mute
notmuch config set digest.mute 'subject:wait'
s_mail gina1 "Something else" "" 9
s_new
update
t_equal "another query mutes other threads, at the next run" 0 \
	"$(notmuch count 'tag:digest and subject:wait')"
t_equal "  and no longer those" 1 "$(notmuch count 'tag:digest and subject:wrap')"
update
s_state once
update
s_state twice
t_same "  once" once twice
notmuch tag -muted -- "thread:{id:carol1@example.org}"
notmuch config set digest.mute 'tag:('
t_exit 78 "$ND" report "$NOW"
t_like "a query that is none is told" 'digest\.mute' err
notmuch config set digest.mute '*'
report --format=json
t_equal "all mail can be muted" "0 4" \
	"$(jq -r '"\(.threads | length) \(.muted_threads)"' out)"
notmuch config set digest.mute
update
t_equal "the default mutes nothing any more" 2 "$(digests)"

# ---- a tag that hides mail, too
notmuch config set search.exclude_tags 'deleted;spam;muted'
notmuch tag +muted -- id:alice2@example.org
update
t_equal "a mute tag may be one that notmuch hides" 0 \
	"$(notmuch count --exclude=false 'tag:digest and subject:wrap')"
report --format=json
t_equal "  the rest of the thread is muted, too" 1 "$(jq .muted_threads out)"
notmuch config set search.exclude_tags 'deleted;spam'
notmuch tag -muted -- id:alice2@example.org
update

# ---- the tag on a digest alone
notmuch tag +muted -- tag:digest
update
t_equal "the tag on a digest is no word about the thread" 2 "$(digests)"

# ---- where another host writes
notmuch config set digest.write no
notmuch tag +muted -- id:carol1@example.org
update
t_equal "another host's digest stays" 2 "$(digests)"
report --format=json
t_equal "  and the report counts the thread" 1 "$(jq .muted_threads out)"

notmuch config set digest.write yes
t_exit 0 "$ND" clean --yes
notmuch tag -muted -- '*'
t_equal "clean leaves nothing" 0 "$(ours)"

# ---- a report that somebody has answered
t_exit 0 "$ND" report "$NOW" --since=2026-03-01 --deliver
id=$(sed -n 's/^Delivered: id:\(digest.report[^ ]*\).*/\1/p' out)
s_mail hugo1 "Re: report" "" 9
sed -i "s/^Message-ID:/In-Reply-To: <$id>\nMessage-ID:/" mail/list/cur/hugo1:2,
s_new
notmuch tag +muted -- id:hugo1@example.org
update
t_equal "a delivered report is of no thread" 1 "$(notmuch count "id:$id")"
t_done
