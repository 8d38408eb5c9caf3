#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The digest folder is removed, renamed, emptied or replaced, between two runs or
# under the hands of one; the database is gone, of a newer notmuch, or not one. A
# run ends as the man page says and leaves the user's mail and tags alone; when
# all is there again, the next one does it all. LOST_LONG=1: with more
# commands, and at each call that changes something.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/unharmed.sh
. "$T_SRC/tests/unharmed.sh"
export ASAN_OPTIONS=detect_leaks=0

s_mailbox
notmuch tag +mine -- id:bob1@example.org
s_mail erin1 "Re: How does the ring wrap?" alice2 8
mv mail/list/cur/erin1:2, erin1
s_new
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
cp erin1 mail/list/cur/erin1:2,
s_new
cp -a mail grown
u_remember
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
tags_of() { notmuch dump --include=tags --include=properties | sed 1d | LC_ALL=C sort >"$1"; }
tags_of want
from() { rm -rf mail digest.away && cp -a "$1" mail; }

# What may happen to the folder.
remove() { rm -rf mail/digest; }
rename_() { mv mail/digest mail/elsewhere; }
empty() { rm -f mail/digest/cur/* mail/digest/new/*; }
parts() { rm -rf mail/digest/cur mail/digest/tmp; }
file() { mv mail/digest digest.away && echo mine >mail/digest; }
link() { mv mail/digest digest.away && ln -s "$T_DIR/digest.away" mail/digest; }
closed() { chmod 0 mail/digest; }
LOSSES="remove rename_ empty parts file link closed"

# restore: what the user does who sees that something is wrong.
restore() {
	case $1 in
	file | link) rm -f mail/digest && mv digest.away mail/digest ;;
	closed) chmod 700 mail/digest 2>/dev/null ;;
	esac
	:
}

# end NAME LOSS: the next runs bring a digest for each thread, but for those that
# the user took away; nothing doubled; clean takes it all.
end() {
	what=$1
	restore "$2"
	s_new 2>/dev/null
	timeout -s KILL 60 "$ND" update --now="$T_NOW" >out 2>err ||
		u_complain "$what: the next run"
	s_new 2>/dev/null
	timeout -s KILL 60 "$ND" update --now="$T_NOW" >out 2>err ||
		u_complain "$what: the run after that"
	grep -q '^Nothing has changed' out ||
		u_complain "$what: there is no end to it: $(cat out)"
	rm -f mail/elsewhere/tmp/* # what notmuch does not look at
	s_state got
	! grep -q differ got || u_complain "$what: files and index differ"
	notmuch search --output=files --duplicate=2 tag:digest >twice
	[ ! -s twice ] || u_complain "$what: a digest is there twice"
	mv mail/elsewhere elsewhere 2>/dev/null
	u_check "$what"
	mv elsewhere mail/elsewhere 2>/dev/null
	s_mail zoe1 "Re: How does the ring wrap?" erin1 12
	s_mail zoe2 "Re: [PATCH] ring: do not wait" bob1 12
	s_new 2>/dev/null
	timeout -s KILL 60 "$ND" update --now="$T_NOW" >out 2>err ||
		u_complain "$what: the run with new mail"
	count=$(notmuch count tag:digest and not tag:digest/report and \
		not path:elsewhere/**)
	[ "$count" = 2 ] || u_complain "$what: $count digests"
	timeout -s KILL 60 "$ND" clean --yes >out 2>err || u_complain "$what: clean"
	# What is behind a link is not ours to remove; after that it was empty.
	[ ! -e mail/digest ] || [ "$2" = parts ] || [ "$2" = link ] ||
		u_complain "$what: clean leaves the folder"
	[ -z "$(notmuch search --output=tags '*' | grep '^digest')" ] ||
		[ "$2" = rename_ ] || u_complain "$what: clean leaves tags"
}

ended() { # ended WHAT EXIT-CODE...
	what=$1
	shift
	case " $* " in
	*" $got "*) ;;
	*) u_complain "$what: exit $got" ;;
	esac
	[ $got -eq 0 ] || grep -q '^notmuch-digest: ' err ||
		u_complain "$what: is silent"
}

# ---- the database
# none_of_it WHAT REGEX: no command does anything but say so.
none_of_it() {
	find mail digest.away -type f -exec sha1sum {} + 2>/dev/null |
		LC_ALL=C sort >before
	for command in "update --now=$T_NOW" "clean --yes" status series todo \
		"report --deliver" "report --output=made.md" 'show *'; do
		# shellcheck disable=SC2086
		(set -f; exec timeout -s KILL 60 "$ND" $command) \
			>out 2>err </dev/null
		got=$?
		runs=$((runs + 1))
		ended "$1, $command" 1
		grep -Eq "$2" err || u_complain "$1, $command: another reason"
		[ ! -e made.md ] || u_complain "$1, $command: there is a file"
	done
	find mail digest.away -type f -exec sha1sum {} + 2>/dev/null |
		LC_ALL=C sort | cmp -s before - ||
		u_complain "$1: some file is another"
}
xapian=mail/.notmuch/xapian
runs=0
from grown
mv mail/.notmuch away
none_of_it "no database" "'notmuch new' creates it"
mv away mail/.notmuch
mv $xapian away && mkdir $xapian
none_of_it "an empty directory" "cannot open the notmuch database"
rm -r $xapian && echo no database >$xapian
none_of_it "a file in its place" "cannot open the notmuch database"
rm -r $xapian && mv away $xapian
echo rubbish >$xapian/iamglass
none_of_it "rubbish in its place" "the database is damaged"
# A feature that this notmuch does not know; the name is as long as it was.
from grown
sed -i 's/relative directory paths/relative whatever  paths/' \
	$xapian/postlist.glass
none_of_it "of a newer notmuch" "a newer notmuch has made it"
end_of=$runs
from grown
end "a database that is back" back
u_result "the database: $end_of runs"

# ---- between two runs
runs=0
for loss in $LOSSES; do
	for command in update "clean --yes" ${LOST_LONG:+status} \
		${LOST_LONG:+"report --deliver" "report --output=made.md"}; do
		from grown
		$loss
		case $command in
		update | report*) command="$command --now=$T_NOW" ;;
		esac
		# shellcheck disable=SC2086
		timeout -s KILL 60 "$ND" $command >out 2>err </dev/null
		got=$?
		runs=$((runs + 1))
		ended "$loss, $command" 0 74 78
		[ ! -f mail/digest ] || [ "$(cat mail/digest)" = mine ] ||
			u_complain "$loss: the user's file is another"
		end "$loss, $command" $loss
	done
done
u_result "the digest folder is lost: $runs runs"

# ---- under the hands of a run
if ! command -v strace >/dev/null || ! strace -qq -e trace=none true 2>/dev/null; then
	[ -z "${REQUIRE_ALL:-}" ]
	t_result $? "the folder is lost in mid-run # SKIP strace may not trace"
	t_done
fi

# stopped_at CALL N COMMAND...: it is stopped there; its process is in $stopped.
stopped_at() {
	call=$1 n=$2
	shift 2
	rm -f trace
	timeout -s KILL 60 strace -f -qq -o trace -e "trace=$call" \
		-e "inject=$call:signal=STOP:when=$n" "$@" >out 2>err </dev/null &
	tracer=$!
	stopped=
	while kill -0 $tracer 2>/dev/null; do
		stopped=$(sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p' \
			trace 2>/dev/null | head -1)
		[ -z "$stopped" ] || return 0
		sleep 0.02
	done
	return 1
}

# go_on: all of its processes, should several have come there.
go_on() {
	while kill -0 $tracer 2>/dev/null; do
		sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p' trace | sort -u |
			while read -r pid; do
				kill -CONT "$pid" 2>/dev/null
			done
		sleep 0.02
	done
}

runs=0
for command in update clean; do
	set -- update --now="$T_NOW"
	[ $command = update ] || set -- clean --yes
	for loss in remove rename_ empty parts; do
		for call in mkdir openat rename unlink pwrite64 fdatasync; do
			from grown
			strace -f -qq -o trace -e "trace=$call" "$ND" "$@" >out 2>err
			all=$(grep -c "$call(" trace)
			at=$(((all + 1) / 2))
			[ $call != openat ] || at="$((all * 4 / 5)) $((all - 3))"
			[ -z "${LOST_LONG:-}" ] || at=$(seq 1 "$all")
			[ "$call${LOST_LONG:+1}" != openat1 ] ||
				at=$(seq 1 5 "$all")
			[ -n "${LOST_LONG:-}" ] || case $loss:$call in
			remove:mkdir | remove:openat | remove:rename) ;;
			remove:unlink | *:pwrite64) ;;
			*) continue ;;
			esac
			for n in $at; do
				from grown
				stopped_at $call "$n" "$ND" "$@" || continue
				$loss 2>/dev/null
				go_on
				wait $tracer
				got=$?
				runs=$((runs + 1))
				ended "$loss at $call $n of $command" 0 1 74 78
				end "$loss at $call $n of $command" $loss
			done
		done
	done
done
u_result "the digest folder is lost in mid-run: $runs runs"
[ $runs -gt 8 ]
t_result $? "  there were such runs"
t_done
