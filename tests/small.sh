# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# small.sh - sourced behind lib.sh: mailboxes of a few mails, made on the spot
#
# s_mail NAME SUBJECT [IN-REPLY-TO [DAY]] writes mail/list/cur/NAME:2, with the
# Message-ID NAME@example.org; s_config the configuration; s_new indexes.

s_config() {
	mkdir -p mail/list/cur mail/list/new mail/list/tmp
	cat >"$NOTMUCH_CONFIG" <<-EOC
		[database]
		path=$T_DIR/mail
		[user]
		name=Nora Winter
		primary_email=nora@example.org
		[new]
		tags=inbox;unread
		[maildir]
		synchronize_flags=true
		[search]
		exclude_tags=deleted;spam
		[digest]
		query=to:list@example.org
		since=3650d
	EOC
}

s_mail() {
	{
		echo "From: ${1%%[0-9]*} Person <${1%%[0-9]*}@example.net>"
		echo "To: list@example.org"
		echo "Subject: $2"
		echo "Date: $(printf '%s, %02d Mar 2026 10:00:00 +0000' \
			"$(date -u -d "2026-03-${4:-02}" +%a)" "${4:-2}")"
		echo "Message-ID: <$1@example.org>"
		[ -z "${3:-}" ] || printf 'In-Reply-To: <%s@example.org>\n' "$3"
		[ -z "${3:-}" ] || printf 'References: <%s@example.org>\n' "$3"
		printf '\nThis is what %s has to say about the ring buffer.\n' "$1"
		printf 'I think that the driver should not wait here at all.\n'
	} >"mail/list/tmp/$1"
	mv "mail/list/tmp/$1" "mail/list/cur/$1:2,"
}

s_new() { notmuch new --quiet; }

# Three threads: two mails, three mails, one mail.
s_mailbox() {
	s_config
	s_mail alice1 "[PATCH] ring: do not wait" "" 2
	s_mail bob1 "Re: [PATCH] ring: do not wait" alice1 3
	s_mail carol1 "How does the ring wrap?" "" 4
	s_mail bob2 "Re: How does the ring wrap?" carol1 5
	s_mail alice2 "Re: How does the ring wrap?" bob2 6
	s_mail dave1 "Only one mail" "" 7
	s_new
}

# What a user sees of the mailbox, without names of files and revisions.
s_state() { # s_state FILE
	notmuch dump | sed 's/ rev=[0-9]*//; s/uuid=[^ ]*//; s/^#@ digest.state.*/#@ state/' |
		LC_ALL=C sort >"$1"
	find mail/digest -type f 2>/dev/null | while read -r f; do
		sha1sum <"$f"
	done | LC_ALL=C sort >>"$1"
	notmuch search --output=files --exclude=false '*' | LC_ALL=C sort >"$1.files"
	find mail -path mail/.notmuch -prune -o -type f -print |
		sed "s|^|$T_DIR/|" | LC_ALL=C sort | cmp -s - "$1.files" ||
		echo "files and index differ" >>"$1"
}
