#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Killed at any moment beside arriving mail and tagging, for KILLED_S seconds: no
# mail and no tag is lost, and the next run brings one digest for each thread. And
# a process that is stopped while it holds a lock, somebody else's or ours: nobody
# waits longer than digest.lock_timeout for it, and it does its work when it goes
# on.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/unharmed.sh
. "$T_SRC/tests/unharmed.sh"
KILLED_S=${KILLED_S:-5}
export ASAN_OPTIONS=detect_leaks=0

arrive() { # mail comes, into old threads and new ones
	i=2 # each third mail begins a thread that the next but one is in
	while [ -e running ]; do
		i=$((i + 1))
		case $((i % 3)) in
		0) s_mail "new$i" "A new matter $i" "" 20 ;;
		1) s_mail "re$i" "Re: How does the ring wrap?" alice2 21 ;;
		2) s_mail "re$i" "Re: A new matter" "new$((i - 2))" 22 ;;
		esac
		notmuch new --quiet >>beside 2>&1 || echo "notmuch new failed" >>beside
		sleep 0.2
	done
}
tag() {
	i=0
	while [ -e running ]; do
		i=$((i + 1))
		notmuch tag "+t$i" -- id:alice1@example.org >>beside 2>&1 ||
			echo "notmuch tag failed" >>beside
		sleep 0.15
	done
	echo $i >tags
}

s_mailbox
notmuch tag +mine -- id:bob1@example.org
: >beside
: >running
arrive &
arriving=$!
tag &
tagging=$!
runs=0 killed=0 gave_up=0
end=$(($(date +%s) + KILLED_S))
while [ "$(date +%s)" -lt $end ]; do
	runs=$((runs + 1))
	set -- update --now="$T_NOW"
	case $((runs % 9)) in
	2 | 6) set -- update --now="$T_NOW" '*' ;;
	4) set -- clean --yes ;;
	8) set -- report --deliver --now="$T_NOW" --since=2026-03-01 ;;
	esac
	signal=KILL
	[ $((runs % 5)) -ne 0 ] || signal=TERM
	[ $((runs % 7)) -ne 0 ] || signal=INT
	# With all its processes, and in a group of its own.
	setsid "$ND" "$@" >out 2>err </dev/null &
	victim=$!
	sleep "$(awk -v n=$runs 'BEGIN { srand(n); print rand() ^ 2 / 2 }')"
	kill -s $signal -- -$victim 2>/dev/null && killed=$((killed + 1))
	wait $victim 2>/dev/null
	got=$?
	case $got in
	0 | 130 | 137 | 143) ;;
	75) ;; # the one before it has not gone yet
	74) # libnotmuch 0.37 ends the process when it loses its snapshot
		grep -q 'DatabaseModifiedError' err ||
			u_complain "run $runs, $*: exit $got"
		gave_up=$((gave_up + 1))
		;;
	*) u_complain "run $runs, $*: exit $got" ;;
	esac
done
rm running
wait $arriving $tagging
echo "# $runs runs, $killed killed, in $gave_up libnotmuch gave up; $(grep -c 'notmuch new failed' beside) of" \
	"notmuch new and $(grep -c 'notmuch tag failed' beside) of notmuch tag failed"
[ $killed -ge $((KILLED_S / 2)) ]
t_result $? "runs were killed"
s_new
s_new
t_exit 0 "$ND" update --now="$T_NOW"
lost=0 i=0
while [ $i -lt "$(cat tags)" ]; do
	i=$((i + 1))
	[ "$(notmuch count "tag:t$i")" = 1 ] || lost=$((lost + 1))
done
t_equal "no tag of the user's is lost" 0 $lost
t_equal "no mail is lost" "$(find mail/list -type f | wc -l)" \
	"$(notmuch count --exclude=false 'path:list/**')"
t_equal "none of it is tagged as ours, or lacks its tags" \
	"$(notmuch count --exclude=false 'path:list/**')" \
	"$(notmuch count --exclude=false 'path:list/** and tag:inbox and tag:unread and not tag:digest')"
s_state got
t_unlike "files and index agree" 'differ' got
t_equal "one digest for each thread of two mails" \
	"$(notmuch search --output=threads --exclude=false \
		'thread:"{subject:Re}"' | wc -l)" \
	"$(notmuch count --output=files tag:digest and not tag:digest/report)"
t_equal "nothing is left in tmp" 0 "$(find mail/digest/tmp -type f | wc -l)"
u_remember
t_exit 0 "$ND" clean --yes
u_check "clean"
t_equal "clean takes all away" 0 \
	"$(notmuch search --output=tags '*' | grep -c '^digest')"
[ ! -e mail/digest ]
t_result $? "  with the folder"
u_result "$runs runs beside notmuch new and tag"

# ---- stopped with a lock
if ! command -v strace >/dev/null || ! strace -qq -e trace=none true 2>/dev/null; then
	[ -z "${REQUIRE_ALL:-}" ]
	t_result $? "stopped with a lock # SKIP strace may not trace"
	t_done
fi
notmuch config set digest.lock_timeout 1

# stop_at CALL COMMAND...: it is stopped there; $stopped is its process.
stop_at() {
	call=$1
	shift
	rm -f trace
	setsid strace -f -qq -o trace -e "trace=$call" \
		-e "inject=$call:signal=STOP:when=1" "$@" >stopped.out 2>&1 </dev/null &
	tracer=$!
	stopped=
	while [ -z "$stopped" ] && kill -0 $tracer 2>/dev/null; do
		sleep 0.02
		stopped=$(sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p' \
			trace 2>/dev/null | head -1)
	done
	[ -n "$stopped" ]
	t_result $? "$(basename "$1") $2 is stopped at $call"
}

waits() { # waits NAME: an update gives up in time, what reads does not wait
	begin=$(date +%s)
	t_exit 75 timeout -s KILL 30 "$ND" update --now="$T_NOW"
	[ $(($(date +%s) - begin)) -lt 15 ]
	t_result $? "  $1: soon"
	t_like "  and says who has it" "$2" err
	t_exit 0 timeout -s KILL 30 "$ND" report --now="$T_NOW" '*'
	t_exit 0 timeout -s KILL 30 "$ND" status
}

stop_at fdatasync notmuch tag +stopped -- id:bob1@example.org
waits "notmuch tag has the lock" "another program is writing"
t_exit 75 timeout -s KILL 30 "$ND" report --deliver --now="$T_NOW"
kill -CONT "$stopped"
wait $tracer
t_equal "it goes on" 0 $?
t_equal "  and its tag is there" 1 "$(notmuch count tag:stopped)"
t_exit 0 "$ND" update --now="$T_NOW"
s_state want
"$ND" clean --yes >/dev/null 2>err || t_note err

stop_at fdatasync "$ND" update --now="$T_NOW"
waits "an update has the locks" "another notmuch-digest has been writing"
timeout 1 notmuch tag +waits -- id:bob1@example.org
t_equal "others wait, too" 124 $?
kill -CONT "$stopped"
wait $tracer
t_equal "it goes on" 0 $?
s_state got
t_same "  and all is done" want got
t_exit 0 "$ND" update --now="$T_NOW"
t_like "  once" 'Nothing has changed' out
"$ND" clean --yes >/dev/null 2>err || t_note err

stop_at fdatasync "$ND" update --now="$T_NOW"
kill -KILL "$stopped"
wait $tracer
t_exit 0 "$ND" update --now="$T_NOW"
s_state got
t_same "killed there, the next one does it all" want got
t_done
