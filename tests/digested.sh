# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
#
# digested.sh - sourced behind lib.sh: the sample mailbox with its digests, and
# one thread to look at in a mail client
#
# The root's Message-ID has a quote, a slash, a plus and a percent sign in it:
# whatever hands it on has to do so well.

D_ROOT="a+b/c'd%40e-v6-2@mail.example.com"
D_QUERY="thread:{id:$D_ROOT}"
# Its summary begins with the first, its digest's subject with the second.
D_TITLE='[PATCH v6,2/3] fabric: link: report the retimer temperature'
D_DIGEST='[digest 2 mails to 2026-04-03]'

# d_mailbox: in PATH, the program takes the time of the tests for now.
d_mailbox() {
	t_mailbox sample
	notmuch config set digest.query '*'
	notmuch config set digest.since 3650d
	mkdir bin
	cat >bin/notmuch-digest <<-EOF
		#!/bin/sh
		command=\$1
		shift
		case \$command in
		show | update) set -- --now=$T_NOW "\$@" ;;
		esac
		exec "$ND" "\$command" "\$@"
	EOF
	chmod +x bin/notmuch-digest
	PATH=$T_DIR/bin:$PATH
	notmuch-digest update --quiet || t_skip_all "update failed"
}

# d_reply WORD: a question comes in, about WORD; its digest is D_NEW.
D_NEW='[digest 3 mails to 2026-04-05]'
d_reply() {
	cat >"mail/sample/cur/reply-$1:2," <<-EOF
		From: Zoe Zimmer <zoe@example.net>
		To: linux-fabric@lists.example.org
		Subject: Re: $D_TITLE
		Date: Sun, 05 Apr 2026 10:00:00 +0000
		Message-ID: <reply-$1@example.net>
		In-Reply-To: <$D_ROOT>

		Could the retimer also report the temperature of the $1?
	EOF
	notmuch new --quiet
}

d_is_fresh() { [ "$(notmuch count "$D_QUERY and tag:digest/fresh")" = 1 ]; }
d_is_read() { ! d_is_fresh; }
