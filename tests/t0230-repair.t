#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a run finds that is not as it should be, and mends.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
again() {
	rm -rf mail config
	mkdir mail
	s_mailbox
	t_exit 0 "$ND" update --now="$T_NOW"
	s_state want
}
quiet_end() { # the next run has nothing to do
	notmuch count --lastmod '*' >revision
	t_exit 0 "$ND" update --now="$T_NOW"
	notmuch count --lastmod '*' | cmp -s - revision
	t_result $? "$1, and that is all"
}

# ---- a rebuilt database
again
find mail/digest -type f | sort >files
rm -rf mail/.notmuch/xapian
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_like "nothing is written" '^[0-9]+ mails tagged\.$' out
find mail/digest -type f | sort | cmp -s - files
t_result $? "  no file has changed"
sed -i 's/ +digest%2ffresh//' want
s_state got
t_same "rebuilt: the tags come back" want got
quiet_end "rebuilt"

# ---- the watermark is lost
again
notmuch config set --database digest.state ''
t_exit 0 "$ND" update --now="$T_NOW"
t_like "lost watermark: nothing to do" '^Nothing has changed\.$' out
s_state got
t_same "  and nothing done" want got
notmuch compact --quiet
t_exit 0 "$ND" update --now="$T_NOW"
t_like "another uuid: nothing to do" '^Nothing has changed\.$' out
quiet_end "another uuid"

# ---- two threads become one
again
s_mail zoe1 "Re: both" alice1 8
sed -i 's/^References:.*/References: <carol1@example.org> <alice1@example.org>/' \
	mail/list/cur/zoe1:2,
s_new
t_equal "they have merged" 2 \
	"$(notmuch count 'thread:{id:zoe1@example.org} and tag:digest')"
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "one digest is left of two" 1 \
	"$(notmuch count 'thread:{id:zoe1@example.org} and tag:digest')"
t_equal "  on disk, too" 1 "$(find mail/digest -type f | wc -l)"
t_equal "  and one root has the tags" 1 "$(notmuch count tag:digest/summarized)"
quiet_end "merged"

# ---- a digest whose thread is gone
again
rm mail/list/cur/alice1:2, mail/list/cur/bob1:2,
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "a digest without a thread goes" 1 "$(find mail/digest -type f | wc -l)"
quiet_end "gone"

# ---- several files of one digest
again
one=$(find mail/digest/cur -type f | head -1)
cp "$one" "mail/digest/cur/1.copy:2,S"
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "a copy goes" 2 "$(find mail/digest -type f | wc -l)"
s_state got
t_same "  and the rest stays" want got
quiet_end "copied"

# ---- `notmuch new` saw a digest before it was tagged
again
notmuch restore --include=properties </dev/null
notmuch config set --database digest.state ''
sed 's/^X-Notmuch-Digest-Tags:.*/X-Notmuch-Digest-Tags: digest digest\/rfc inbox deleted digest\/state\/nonsense digest\/state\/open other\/me digest\/evil/' \
	"$(notmuch search --output=files tag:digest and subject:wrap)" >new
rm -rf mail/.notmuch mail/digest/cur/*
cp new mail/digest/cur/1.x:2,S
s_new
t_exit 0 "$ND" update --now="$T_NOW"
notmuch dump --include=tags -- id:carol1@example.org | tail -1 >got
t_like "only tags of the list come from a header" \
	'^\+digest%2frfc \+digest%2fstate%2fopen \+digest%2fsummarized \+inbox \+unread --' got
notmuch dump --include=tags -- tag:digest and subject:wrap | tail -1 >got
t_like "  and a digest is not in the inbox" '^\+digest -- ' got

# ---- folder and prefix change
again
notmuch dump --include=tags | sed 's/digest%2f/sum%2f/g; s/+digest /+sum /' |
	tr ' ' '\n' | sort >want
notmuch config set digest.folder other/sums
notmuch config set digest.tag_prefix sum
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "digests move" 2 "$(find mail/other/sums/cur -type f | wc -l)"
[ ! -e mail/digest ]
t_result $? "  all of them"
notmuch dump --include=tags | tr ' ' '\n' | sort >got
t_same "  tags change their prefix" want got
quiet_end "moved"
notmuch config set digest.folder
notmuch config set digest.tag_prefix

# ---- leftovers in tmp
again
host=$(uname -n | tr -c 'A-Za-z0-9.\n-' _)
: >"mail/digest/tmp/notmuch-digest.1.M1P1.$host"
: >"mail/digest/tmp/notmuch-digest.batch.$host"
: >mail/digest/tmp/notmuch-digest.batch
: >mail/digest/tmp/notmuch-digest.1.M1P1.another
: >mail/digest/tmp/notmuch-digest.batch.another
touch -d '2 days ago' mail/digest/tmp/notmuch-digest.1.M1P1.older
: >mail/digest/tmp/somebody-elses
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "our own leftovers go, and those of another host when they are old" \
	"notmuch-digest.1.M1P1.another notmuch-digest.batch.another somebody-elses" \
	"$(cd mail/digest/tmp && echo *)"

# ---- who else may touch the folder
again
notmuch config set new.ignore 'digest'
s_mail erin1 "Re: Only one mail" dave1 8
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_like "new.ignore hides the folder: a warning" "new\.ignore has 'digest'" err
notmuch config set new.ignore '/^digest/'
s_mail erin2 "Re: Only one mail" dave1 9
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_like "  also as a pattern" "new\.ignore has '/\^digest/'" err
notmuch config set new.ignore 'other;/nothing/'
s_mail erin3 "Re: Only one mail" dave1 10
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "  others are no matter" 0 "$(wc -l <err)"
for sign in .uidvalidity .mbsyncstate list/.uidvalidity list/.mbsyncstate; do
	rm -rf mail config
	mkdir mail
	s_mailbox
	: >mail/$sign
	t_exit 78 "$ND" update --now="$T_NOW"
	t_like "a mail sync's folder is refused ($sign)" 'mail sync' err
	t_like "  with the remedy" 'notmuch config set digest\.folder digest' err
	[ ! -e mail/digest ]
	t_result $? "  nothing is written"
	notmuch config set digest.folder digest
	t_exit 0 "$ND" update --now="$T_NOW"
	t_equal "  unless the user says so" 2 "$(notmuch count tag:digest)"
done
t_done
