# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# folder.sh - for the tests of the digest folder: a small mailbox made anew, and
# everything that is in it. Behind lib.sh and small.sh.

update() { t_exit 0 "$ND" update --now="$T_NOW"; }
folder() { notmuch config set digest.folder "$@"; }
again() {
	chmod -R u+rwX mail
	rm -rf mail config
	mkdir mail
	s_mailbox
}

# tree FILE: everything below the mail root with its mode, and what the index
# says, but for names that notmuch gives itself.
tree() {
	find mail -path mail/.notmuch -prune -o -printf '%m %y %p %l\n' |
		LC_ALL=C sort >"$1"
	find mail -path mail/.notmuch -prune -o -type f -exec sha1sum {} + |
		LC_ALL=C sort >>"$1"
	notmuch dump | LC_ALL=C sort >>"$1"
}
maildir() { mkdir -p "$1/cur" "$1/new" "$1/tmp"; }
mail_in() { # mail_in FILE NAME
	printf 'From: a@example.net\nSubject: %s\nMessage-ID: <%s@example.net>\n\nText of %s.\n' \
		"$2" "$2" "$2" >"$1"
}
