# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# unharmed.sh - behind lib.sh and small.sh: is the user's part of the mailbox as
# it was, whatever has gone wrong?
#
#	u_remember                  mail and tags that are not ours
#	u_check NAME                they are as they were, or it is complained of
#	u_complain WHAT             something of this kind was wrong
#	u_result NAME               one line of the test for all of the kind
U_BAD=0

# All mail beside the digest folder, and its tags without ours.
u_part() { # u_part FILE
	notmuch dump | sed '/^#/d; /digest\.\(report\.\)\{0,1\}v1\./d
		s/ +digest[^ ]*//g; s/^+digest[^ ]* //' | LC_ALL=C sort >"$1"
	find mail \( -path mail/.notmuch -o -path mail/digest \) -prune -o \
		-type f -exec sha1sum {} + | LC_ALL=C sort >>"$1"
}

u_remember() { u_part users; }

u_complain() {
	U_BAD=$((U_BAD + 1))
	[ $U_BAD -gt "${U_TOLD:-3}" ] || {
		echo "# $1" >&2
		[ ! -s err ] || head -5 err | t_note
	}
}

u_check() {
	u_part users-now
	cmp -s users users-now || {
		u_complain "$1: the user's mail or tags are others"
		diff users users-now | head -5 | t_note
	}
}

u_result() {
	t_equal "$1, and all is well behind them" 0 $U_BAD
	U_BAD=0
}
