#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Mail that a client has renamed since the last `notmuch new` is still read.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
s_mailbox
all() { # all NAME: the summary of the thread has both mails
	t_exit 0 "$ND" show --format=json id:carol1@example.org
	t_equal "  $1: all mails are read" '3 3' \
		"$(jq -r '.coverage | "\(.messages) \(.read)"' out)"
	t_same "  $1: without a warning" /dev/null err
}
t_need jq
move() { mv "mail/list/$1" "mail/list/$2"; }
all "as indexed"
move cur/carol1:2, cur/carol1:2,S
all "it was read"
move cur/carol1:2,S cur/carol1:2,PRST
all "many flags"
move cur/bob2:2, new/bob2
all "it is in new"
move new/bob2 cur/bob2,U=17:2,F
all "mbsync has given it a number"
move cur/bob2,U=17:2,F cur/bob22:2,F
t_exit 0 "$ND" show --format=json id:carol1@example.org
t_equal "a longer name is another mail" 2 "$(jq .coverage.read out)"
move cur/bob22:2,F cur/bob2:2,S
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "digests are made of such mail, too" 2 "$(find mail/digest/cur -type f | wc -l)"

# The digest itself: flagged by a client, it is still ours.
for f in mail/digest/cur/*; do mv "$f" "${f%S}FS"; done
t_exit 0 "$ND" show --format=json id:carol1@example.org
t_equal "a digest that was renamed is not read as mail" 3 \
	"$(jq '.counts.total' out)"
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "  and is replaced" 2 "$(find mail/digest -type f | wc -l)"
t_done
