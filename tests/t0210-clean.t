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
t_exit 0 "$ND" clean --yes
t_equal "nothing to remove, and it says so" "Nothing has changed." "$(cat out)"
t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" clean --dry-run
t_like "a dry run says what it would do" '^remove  id:digest' out
t_exit 0 "$ND" clean --yes
t_like "says what it did" \
	'^[0-9]+ digests removed, tags taken off [0-9]+ mails\.$' out
trace after
t_same "update, clean" before after
t_exit 0 "$ND" clean --yes
trace after
t_same "clean again" before after

# ---- without a terminal nobody can be asked
t_exit 0 "$ND" update --now="$T_NOW"
trace digested
for query in '' subject:ring; do
	# shellcheck disable=SC2086 # none, or one word
	t_exit 64 "$ND" clean $query
	t_like "  with the remedy" '^--yes removes without a question' err
	echo y | "$ND" clean $query >out 2>err
	t_equal "  whatever is piped in" 64 $?
done
trace after
t_same "  and nothing is removed" digested after
t_exit 0 "$ND" clean --yes --verbose
t_like "--verbose: a line for each mail" '^remove  id:digest' out
trace after
t_same "with --yes all is" before after

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

# ---- what would bring them back
HOOK=mail/.notmuch/hooks/post-new
HINT="'notmuch-digest setup hook --remove' takes it out"
t_exit 0 "$ND" clean --yes
t_like "digest.query" 'digest.query is set: the digests come back with each' err
t_like "  with the remedy" '^to unset it: notmuch config set digest.query$' err
t_unlike "  no hook, no word of it" "post-new" err
t_exit 0 "$ND" clean --yes --quiet
t_equal "  not with --quiet" 0 "$(cat out err | wc -c)"
t_exit 0 "$ND" setup hook --install
for how in --yes --dry-run; do
	t_exit 0 "$ND" update --quiet --now="$T_NOW"
	t_exit 0 "$ND" clean $how
	t_like "$how names the hook" \
		"post-new' runs update after each .*: the digests come back" err
	t_like "  and what takes it out" "^$HINT\$" err
	t_like "  which it does not do" 'update --hook' $HOOK
done
t_exit 0 "$ND" clean --yes subject:wrap
t_like "by query: when they come back" 'again when they get mail$' err
t_exit 0 "$ND" clean --yes subject:wrap
t_equal "  no thread of it has any" 0 "$(wc -c <err)"
t_exit 0 "$ND" clean --cache
t_equal "stored answers have no hook" "Nothing has changed." "$(cat out err)"
query=$(notmuch config get digest.query)
notmuch config set digest.query
t_exit 0 "$ND" clean --yes
t_like "a hook without digest.query" 'it does nothing while digest.query is not set' err
t_unlike "  which is not named then" '^to unset it' err
notmuch config set digest.query "$query"
chmod -x $HOOK
t_exit 0 "$ND" clean --yes
t_unlike "a hook that notmuch does not run" "post-new" err
chmod +x $HOOK
t_exit 0 "$ND" setup hook --remove
mkdir -p mail/.notmuch/hooks
printf '#!/bin/sh\nnotmuch digest update --hook\n' >$HOOK
chmod +x $HOOK
t_exit 0 "$ND" clean --yes
t_like "a line that the user wrote" "line 2 of '.*post-new' runs update" err
t_like "  is the user's" '^take it out by hand$' err
rm $HOOK

# ---- on a terminal it asks
if command -v script >/dev/null; then
	clean_says() { # clean_says ANSWERS ARGUMENT...
		printf '%b' "$1" >answers
		shift
		script -qec "'$ND' clean $*" /dev/null <answers >out 2>&1
		tr -d '\r' <out >screen
	}
	again() { t_exit 0 "$ND" update --quiet --now="$T_NOW"; }
	t_exit 0 "$ND" setup hook --install
	again
	clean_says 'n\n'
	t_like "asks" 'Remove the digests, reports and tags in 3 threads\? \[y/N\]' screen
	t_unlike "  once" 'Take the' screen
	t_like "  and says what came of it" 'Nothing has changed\.$' screen
	t_equal "  no is no" 2 "$(notmuch count tag:digest)"
	for answer in '' yikes 'no, yes' 'not in a hundred years, y'; do
		clean_says "$answer\n"
		t_equal "  nor is '$answer' a yes" 2 "$(notmuch count tag:digest)"
	done
	clean_says '\004'
	t_equal "  nor the end of the input" 2 "$(notmuch count tag:digest)"
	clean_says 'y\nn\n'
	t_equal "  yes is yes" 0 "$(notmuch count tag:digest)"
	t_like "asks about the hook" "post-new' runs .*Take the hook out, too\? \[y/N\]" screen
	t_true "  no is no" grep -q 'update --hook' $HOOK
	t_like "  and says so" "^$HINT\$" screen
	again
	clean_says 'y\nyes\n'
	t_true "  yes is yes" test ! -e $HOOK
	t_unlike "  and not named any more" "$HINT" screen
	t_equal "  the digests are gone, too" 0 "$(notmuch count tag:digest)"
	t_exit 0 "$ND" setup hook --install
	again
	clean_says 'y\ny\n' subject:wrap
	t_like "a query: asks about its threads" 'in 1 thread\? \[y/N\]' screen
	t_unlike "  the hook serves the others" 'Take the hook' screen
	t_equal "  which have theirs" 1 "$(notmuch count tag:digest)"
	clean_says '' --yes
	t_unlike "--yes does not ask" '\[y/N\]' screen
	t_true "  and leaves the hook" grep -q 'update --hook' $HOOK
	t_exit 0 "$ND" setup hook --remove
fi
t_done
