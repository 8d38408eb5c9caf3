#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mutt, which knows no notmuch, on a terminal: every key of contrib/mutt.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
c_need mutt
t_mailbox sample
notmuch config set digest.query '*'
t_exit 0 "$ND" update --now="$T_NOW" --quiet

# Kept elsewhere and linked, as many keep such files.
mkdir home/dotfiles
RC=home/dotfiles/muttrc
ln -s dotfiles/muttrc home/.muttrc
cat >$RC <<-EOF
	set folder="$T_DIR/mail"
	set spoolfile=+sample sort=threads sort_aux=date
	set pipe_decode=yes wait_key=yes wrap_search=no resolve=yes
	set mark_old=no quit=yes sleep_time=0 move=no
	set index_format="%4C %Z %{%b %d} %-15.15L %s"
EOF
cp $RC before
t_exit 0 "$ND" setup mutt --install
t_true "the link stays one" test -L home/.muttrc

go() { # go SUBJECT: the cursor on the first mail of a thread, in the index
	c_keys Home
	c_keys /
	c_wait "Search for:"
	c_type "~s '$1' !~f digest.invalid"
	c_keys Enter
	c_until c_has_not "Search for:" || t_result 1 "the cursor goes to: $1"
}
value() { # value SETTING: is it on?
	c_keys :
	c_wait ":" && c_type "set ?$1" && c_keys Enter
	c_until grep -Eq "(^|[^?])$1 is |^$1=" screen
	grep -F "$1" screen | sed 's/ *$//'
}

THREAD='selftests: fabric: add a test for route dumps'
c_start mutt
c_see "starts without a word" "---Mutt: =sample" || t_done
t_unlike "  about an error" 'rror' screen
go "$THREAD"
c_screen mutt-index

# ---- ,d
c_keys , d
c_see ",d: the summary's first line" "[PATCH v2] $THREAD"
c_see "  and what follows" "Original patch or question"
c_screen mutt-show
c_keys q
c_wait "---Mutt: "
t_equal "settings are as they were" 'pipe_decode is set|wait_key is set' \
	"$(value pipe_decode)|$(value wait_key)"

# ---- ,j
fresh=$(notmuch count tag:digest/fresh)
find mail/sample mail/digest -type f | LC_ALL=C sort >files-before
go "$THREAD"
c_keys , j
c_see ",j: the digest is open" "From: Digest <digest@digest.invalid>"
c_see "  with its first line" "single patch v2 · applied to fabric/fabric.git"
c_screen mutt-digest
c_keys i
c_see "  in its thread, which cannot be changed" "-%-Mutt: ~/.cache/notmuch-digest/thread."
grep -A1 '\] selftests: fabric: add' screen | sed -n 2p >below
t_like "it stands right below the first mail" 'Digest .*>\[digest 3' below
c_screen mutt-thread
t_equal "one digest is not fresh any more" $((fresh - 1)) \
	"$(notmuch count tag:digest/fresh)"
# Read mail gets a flag where it is written to; here it must not.
c_keys j Enter
c_wait "-- ("
c_keys i
c_keys , b
c_see ",b: back to the folder before" "---Mutt: =sample"
t_equal "settings are as they were" 'wrap_search is unset|wait_key is set' \
	"$(value wrap_search)|$(value wait_key)"
find mail/sample mail/digest -type f | LC_ALL=C sort >files-after
t_same "no mail has been touched" files-before files-after

# ---- ,D, on mail that mutt has renamed since
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
mv mail/sample/cur/zebra:2, mail/sample/cur/zebra:2,S
go "$THREAD"
c_keys , D
c_see ",D: the new text" "I have run the zebra test"
c_see "  of the digest" "From: Digest <digest@digest.invalid>"
c_screen mutt-update
c_keys i
c_see "  in its thread" "[Msgs:5"
# The same again from in there: the digest's own mail is what is piped.
c_keys , D
c_see "  and again from there" "I have run the zebra test"
c_keys i
c_keys , b
c_wait "---Mutt: "
c_keys , v
c_see ",v: all digests" "=digest [Msgs:"
c_keys , b
c_wait "---Mutt: "

# ---- nothing there: mutt forgets the rest of what a key does
mkdir -p mail/empty/cur mail/empty/new mail/empty/tmp
c_keys c
c_wait "Open mailbox"
c_type "=empty"
c_keys Enter
c_see "a folder without mail" "=empty [Msgs:0"
for key in d j D; do
	c_keys , "$key"
	c_until grep -q '^There are no messages' screen
	t_result $? ",$key: there is no mail"
	t_equal "  and settings are as they were" \
		'pipe_decode is set|wait_key is set|wrap_search is unset' \
		"$(value pipe_decode)|$(value wait_key)|$(value wrap_search)"
done

# ---- mail that notmuch has not seen
mkdir -p mail/unseen/cur mail/unseen/new mail/unseen/tmp
cat >mail/unseen/cur/1:2, <<-'EOF'
	From: Zoe Brandt <zoe@example.org>
	Subject: $(touch owned) `touch owned`
	Message-ID: <$(touch$IFS@owned)`touch$IFS@owned`@example.org>

	No thread has this one.
EOF
c_keys c
c_wait "Open mailbox"
c_type "=unseen"
c_keys Enter
c_see "a folder that notmuch does not know" "=unseen [Msgs:1"
c_keys , j
c_until c_has "Press Enter" && c_keys Enter
c_until grep -q 'thread\.[0-9]* \[Msgs:0' screen
t_result $? ",j: it has no thread"
t_equal "  and settings are as they were" 'wrap_search is unset|wait_key is set' \
	"$(value wrap_search)|$(value wait_key)"
t_equal "  and nothing of it was run" "" "$(find . -name 'owned*')"

# ---- a second mutt
"$ND" thread-dir "$HOME/.cache/notmuch-digest/thread.$$" from:walter >out 2>err
t_equal "a second mutt has a folder of its own" 2 \
	"$(find home/.cache/notmuch-digest -name 'thread.*' | wc -l)"
c_keys x
c_ends "mutt ends"
c_end
c_start mutt
c_wait "---Mutt: "
go "$THREAD"
c_keys , j
c_wait "From: Digest"
t_equal "  and the one of the first is gone with it" 2 \
	"$(find home/.cache/notmuch-digest -name 'thread.*' | wc -l)"
c_end

t_exit 0 "$ND" setup mutt --remove
t_same "taken out byte for byte" before $RC
t_true "  where the link points" test -L home/.muttrc
t_equal "  nothing is beside it" 1 "$(find home/dotfiles -type f | wc -l)"
t_done
