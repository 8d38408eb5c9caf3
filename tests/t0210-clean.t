#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No trace after clean, whatever happened to the database in between.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"

# The mailbox as a user could notice it: tags, properties, settings, files.
trace() {
	notmuch dump | sort >"$1"
	notmuch config list >>"$1"
	find mail -path mail/.notmuch -prune -o -type f -exec sha1sum {} + |
		sort >>"$1"
	find mail -path mail/.notmuch -prune -o -type d -print | sort >>"$1"
}

t_mailbox sample
# Of two files of one mail `notmuch restore` renames the one that the index has
# first, and that is as the directory happens to be.
rm mail/sample/cur/dup-2:*
notmuch new --quiet
notmuch config set digest.query '*'
notmuch config set digest.since 10year
notmuch tag +mine +digested -- subject:ring
trace before
t_exit 0 "$ND" clean
t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" clean --dry-run
t_like "a dry run says what it would do" '^remove  id:digest' out
t_exit 0 "$ND" clean --yes
trace after
t_same "update, clean" before after
t_exit 0 "$ND" clean --yes
trace after
t_same "clean again" before after

t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" clean
trace after
t_same "nobody is asked without a terminal" before after

# ---- with something in between, against the same without us
between() { # between NAME COMMAND...
	name=$1
	shift
	rm -rf alone && cp -a mail alone
	"$@"
	trace want
	rm -rf mail && mv alone mail
	t_exit 0 "$ND" update --now="$T_NOW"
	"$@"
	t_exit 0 "$ND" clean --yes
	trace after
	t_same "update, $name, clean" want after
	"$@"
	rm -rf mail/digest
	t_exit 0 "$ND" update --now="$T_NOW"
	"$@"
	t_exit 0 "$ND" update --now="$T_NOW"
	t_exit 0 "$ND" clean --yes
	trace after
	t_same "update, $name, update, clean" want after
}
rebuild() {
	rm -rf mail/.notmuch/xapian
	notmuch new --quiet
}
dump_and_rebuild() {
	notmuch dump >dumped
	rebuild
	notmuch restore --input=dumped
}
tags_only() {
	notmuch dump --include=tags >dumped
	rebuild
	notmuch restore --include=tags --input=dumped
}
compact() { notmuch compact --quiet; }
between "rebuild" rebuild
notmuch tag +mine +digested -- subject:ring
between "dump, rebuild, restore" dump_and_rebuild
between "dump of tags, rebuild, restore" tags_only
between "compact" compact
between "restore" sh -c 'notmuch dump >d; notmuch restore --input=d'

# ---- by query
rm -rf mail config
mkdir mail
s_mailbox
trace before
t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" clean --yes subject:wrap
t_equal "one thread is clean" 0 \
	"$(notmuch count --exclude=false "thread:{id:carol1@example.org} and (tag:digest or tag:digest/other)")"
t_equal "  the other is not" 1 "$(notmuch count tag:digest)"
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "  and that is no reason to make it anew" 1 "$(notmuch count tag:digest)"
t_exit 64 "$ND" clean 'subject:"'
notmuch config set digest.nonsense 1
t_exit 0 "$ND" clean --yes
t_like "a wrong setting is a warning" "unknown setting 'digest.nonsense'" err
notmuch config set digest.nonsense
trace after
t_same "then all of it" before after

# ---- on a terminal it asks
if command -v script >/dev/null; then
	t_exit 0 "$ND" update --now="$T_NOW"
	printf 'n\n' | script -qec "$ND clean" /dev/null >out 2>&1
	t_like "asks" 'Remove the digests and tags of 3 threads' out
	t_equal "  no is no" 2 "$(notmuch count tag:digest)"
	printf 'y\n' | script -qec "$ND clean" /dev/null >out 2>&1
	t_equal "  yes is yes" 0 "$(notmuch count tag:digest)"
fi
t_done
