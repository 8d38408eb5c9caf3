#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# neomutt, on a terminal: every key of contrib/neomutt, on the sample mailbox.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
c_need neomutt
t_need jq
t_mailbox sample
notmuch config set digest.query '*'
t_exit 0 "$ND" update --now="$T_NOW" --quiet

# A user's file, with settings that macros must cope with and leave alone.
RC=$HOME/.config/neomutt/neomuttrc
mkdir -p "${RC%/*}"
cat >"$RC" <<-EOF
	set nm_default_url="notmuch://$T_DIR/mail" virtual_spoolfile=yes
	set folder="$T_DIR/mail" sort=threads sort_aux=last-date-received
	set pipe_decode=yes wait_key=yes resolve=yes wrap_search=no
	set edit_headers=no quit=yes sleep_time=0
	virtual-mailboxes "inbox" "notmuch://?query=tag:inbox"
	# the last line, and no end of it
	set index_format="%4C %Z %{%b %d} %-15.15L %s"
EOF
truncate -s -1 "$RC"
cp "$RC" before
t_exit 0 "$ND" setup neomutt --install

# go SUBJECT: the cursor on the first mail of a thread, in the index.
go() {
	c_keys Home
	c_keys /
	c_wait "Search for:"
	c_type "~s '$1' !~f digest.invalid"
	c_keys Enter
	c_until c_has_not "Search for:" || t_result 1 "the cursor goes to: $1"
}
# value SETTING: what it is now.
value() {
	c_keys :
	c_wait ":" && c_type "set ?$1" && c_keys Enter
	c_wait "$1=" || c_wait "$1 is"
	grep -F "$1" screen | sed 's/ *$//'
}

THREAD='selftests: fabric: add a test for route dumps'
c_start neomutt
c_see "starts without a word" "---NeoMutt: inbox" || t_done
t_unlike "  in no folder but ours" 'rror' screen
go "$THREAD"
c_screen neomutt-index
t_like "marks stand in front of the user's own line: category, state" \
	"^P\\*.*\\[PATCH v2\\] selftests: fabric" screen

# ---- ,d
c_keys , d
c_see ",d: the summary's first line" "[PATCH v2] $THREAD"
c_see "  and what follows" "Original patch or question"
c_screen neomutt-show
c_keys q
c_wait "---NeoMutt: inbox"
t_equal "settings are as they were" 'pipe_decode="yes"|wait_key="yes"' \
	"$(value pipe_decode | sed 's/^set //;s/=yes/="yes"/')|$(value wait_key | sed 's/^set //;s/=yes/="yes"/')"

# ---- ,j
fresh=$(notmuch count tag:digest/fresh)
go "$THREAD"
unread=$(notmuch count tag:unread)
c_keys Escape V # folded, as some have all threads
c_until c_has_not "└─>" || t_result 1 "threads are folded"
c_keys , j
c_see ",j: the digest is open" "From: Digest <digest@digest.invalid>"
c_see "  with its first line" "single patch v2 · applied to fabric/fabric.git"
c_screen neomutt-digest
c_keys i
c_wait "---NeoMutt:"
grep -A1 '^P.*\[PATCH v2\] selftests: fabric: add' screen | tail -1 >below
t_like "it stands right below the first mail of its thread" \
	'^Σ .*Digest .*>\[digest 3' below
c_screen neomutt-thread
digest=$(sed -n 's/.*~i \(digest[^<]*\)<.*/id:\1/p' "$HOME/.cache/notmuch-digest/jump.rc")
t_equal "no mail counts as read for that" "$unread" "$(notmuch count tag:unread)"
t_equal "it is not fresh any more, it alone" "1 0 $((fresh - 1))" \
	"$(notmuch count "$digest" and tag:digest) $(notmuch count "$digest" and \
	tag:digest/fresh) $(notmuch count tag:digest/fresh)"
t_equal "settings are as they were" 'resolve="yes"|wrap_search="no"' \
	"$(value resolve | sed 's/^set //;s/=yes/="yes"/')|$(value wrap_search | sed 's/^set //;s/=no/="no"/')"

# ---- ,D
cat >mail/sample/cur/zebra:2, <<-EOF
	From: Zoe Brandt <zoe@example.org>
	To: linux-fabric@lists.example.org
	Subject: Re: [PATCH v2] $THREAD
	Date: Mon, 30 Mar 2026 18:00:00 +0000
	Message-ID: <zebra@example.org>
	In-Reply-To: <$(notmuch search --output=messages "subject:\"route dumps\"" and from:mirela | head -1 | sed 's/^id://')>

	I have run the zebra test on three machines, and it passes on all of them.
EOF
notmuch new --quiet
go "$THREAD"
c_keys , D
c_see ",D: the new text" "I have run the zebra test"
c_see "  of the digest" "From: Digest <digest@digest.invalid>"
c_screen neomutt-update
c_keys i
c_see "  in its thread" "---NeoMutt: thread:{id:digest"
c_keys , b
c_see ",b: back" "---NeoMutt: inbox"

notmuch config set digest.nonsense 1
go "$THREAD"
c_keys , D
c_see "what fails can be read" "Press Enter"
t_like "  with its reason" "digest.nonsense" screen
c_keys Enter
c_see "  before what is there comes" "From: Digest"
notmuch config set digest.nonsense
c_keys i
c_wait "---NeoMutt: thread:"
c_keys , b
c_wait "---NeoMutt: inbox"

# ---- from the pager
go "$THREAD"
c_keys Enter
c_wait "Add 200 routes, dump them"
c_keys , d
c_see ",d in the pager" "Original patch or question"
c_keys q
c_wait "i:Exit"
c_keys , j
c_see ",j in the pager" "From: Digest"
c_keys i
c_wait "---NeoMutt: inbox"

# ---- views
c_keys , v
c_see ",v: all digests" "---NeoMutt: tag:digest "
c_keys , f
c_see ",f: fresh ones" "---NeoMutt: digest: fresh"
c_keys , n
c_see ",n: what needs the user" "query=thread:%7Btag:digest/me%7D"
c_screen neomutt-needs-me
c_until grep -Eq '^.{3}@' screen
t_result $? "  with its mark"
c_keys , p
c_see ",p: new patches" "query=tag:digest/patch%20and"
c_until grep -q '^P ' screen
t_result $? "  with their mark"
notmuch tag +digest/stale -- tag:digest/patch and tag:digest/state/new and not tag:digest
c_keys , r
c_until grep -q '^P !' screen
t_result $? ",r: loaded again, stale ones have a mark"

# ---- a thread without a digest
one=$("$ND" report --format=json --since=2026-01-01 --now="$T_NOW" |
	jq -r '[.threads[] | select(.counts.total == 1 and .state != "applied" and .state != "merged")][0].root_id')
c_keys c
c_wait "Open mailbox"
c_type "notmuch://?query=id:$one"
c_keys Enter
c_see "a thread of one mail" "Msgs:1 "
c_keys , j
c_see ",j where there is no digest: it says so" "this thread has no digest"

# ---- nothing there: neomutt forgets the rest of what a key does
c_keys c
c_wait "Open mailbox"
c_type "notmuch://?query=tag:nothing"
c_keys Enter
c_see "a mailbox without mail" "query=tag:nothing [Msgs:0"
set="$(value pipe_decode)|$(value wait_key)"
for key in d j D; do
	c_keys , "$key"
	c_until grep -q '^There are no messages' screen
	t_result $? ",$key: there is no mail"
	t_equal "  and settings are as they were" \
		"$set" "$(value pipe_decode)|$(value wait_key)"
done
c_keys x
c_ends "neomutt ends"
c_end

# ---- a report that was delivered
t_exit 0 "$ND" report --deliver --now="$T_NOW" --since=2026-03-30
c_start neomutt
c_wait "---NeoMutt: inbox"
c_keys c
c_wait "Open mailbox"
c_type "notmuch://?query=tag:digest/report"
c_keys Enter
c_see "a report is a mail" "LINUX-FABRIC mailing list report, 2026-03-30"
c_keys , j
c_see "  of no thread" "this thread has no digest"
c_keys Enter
c_see "  which can be read" "94 mails in 31 threads"
t_like "    as it was laid out" '^  PATCH     16 threads, ' screen
c_screen neomutt-report
c_end

# ---- a cache that is relative counts for nobody: nothing else is sourced
mkdir -p cache/notmuch-digest
echo 'echo "not ours"' >cache/notmuch-digest/jump.rc
c_start "XDG_CACHE_HOME=cache neomutt"
c_wait "---NeoMutt: inbox"
go "$THREAD"
c_keys , j
c_see "with a relative XDG_CACHE_HOME the digest opens" "From: Digest"
c_end

# ---- who has told neomutt of no database: it is notmuch's own
sed -i 's/^set nm_default_url="[^"]*"/set/' "$RC"
t_unlike "the file names no database" nm_default_url "$RC"
sed -i '/^virtual-mailboxes/d' "$RC"
c_start neomutt
c_keys , v
c_see "without nm_default_url there are views" "LINUX-FABRIC mailing list report, 2026-03-30"
t_equal "  of this database" "nm_default_url=\"notmuch://$T_DIR/mail\"" "$(value nm_default_url)"
c_end
cp before "$RC"
t_exit 0 "$ND" setup neomutt --install

# ---- out again
t_exit 0 "$ND" setup neomutt --remove
t_same "taken out byte for byte" before "$RC"
t_equal "  nothing is beside it" 1 "$(find "${RC%/*}" -type f | wc -l)"
c_start neomutt
c_see "neomutt starts without us" "---NeoMutt: inbox"
t_unlike "  without marks" '^P\*' screen
c_end
t_done
